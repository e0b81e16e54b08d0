-- What the API's mechanisms need of the database.

-- The answers to writes that a client named by an Idempotency-Key, written by the same transactions.
-- Not captured: nothing is cached from it, and answers are their callers' own.
CREATE TABLE idempotency_keys (
  caller text NOT NULL CHECK (length(caller) BETWEEN 1 AND 100),
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  -- HMAC-SHA-256 of the request's method, address and body, in hexadecimal.
  fingerprint text NOT NULL CHECK (fingerprint ~ '^[0-9a-f]{64}$'),
  status integer NOT NULL CHECK (status BETWEEN 200 AND 299),
  headers jsonb NOT NULL,
  body text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (caller, key)
);

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- An appointment's version is its ETag, so every change raises it, whoever makes the change. What a
-- statement says about the version is ignored. Fires after appointments_derive, by its name.
CREATE FUNCTION raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := OLD.version + 1;
  RETURN NEW;
END
$$;

CREATE TRIGGER appointments_version
  BEFORE UPDATE ON appointments
  FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW)
  EXECUTE FUNCTION raise_version();

-- An appointment is shown with its note. If this transaction has written the appointment itself, its
-- version is of this transaction already.
CREATE FUNCTION raise_version_of_appointment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE appointments SET version = version + 1
    WHERE id IN (OLD.appointment_id, NEW.appointment_id) AND xmin <> pg_current_xact_id()::xid;
  RETURN NULL;
END
$$;

CREATE TRIGGER appointment_notes_version
  AFTER INSERT OR DELETE ON appointment_notes
  FOR EACH ROW EXECUTE FUNCTION raise_version_of_appointment();
CREATE TRIGGER appointment_notes_version_on_update
  AFTER UPDATE ON appointment_notes
  FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW)
  EXECUTE FUNCTION raise_version_of_appointment();

-- Lists of appointments, in their order.
CREATE INDEX appointments_by_start ON appointments (location_id, starts_at, id);
CREATE INDEX appointments_by_customer ON appointments (customer_id, starts_at, id);
