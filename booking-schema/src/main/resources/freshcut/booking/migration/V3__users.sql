-- Users: what they may do, who they are, and what they did.

-- What a user may do and prefers. Captured, and therefore without names and addresses.
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  role text NOT NULL CHECK (role IN ('client', 'barber', 'owner', 'operator')),
  -- Where a barber or an owner works; nobody else works at a location.
  location_id bigint REFERENCES locations ON DELETE CASCADE,
  -- The barber that she is, if she is one.
  barber_id bigint,
  time_zone text,
  language text CHECK (language ~ '^[a-z]{2,3}(-[A-Z]{2})?$'),
  active boolean NOT NULL DEFAULT true,
  -- Tokens that were issued under another one are void.
  credentials_version bigint NOT NULL DEFAULT 1,
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT users_place CHECK ((role IN ('barber', 'owner')) = (location_id IS NOT NULL)),
  CONSTRAINT users_barber CHECK (barber_id IS NULL OR location_id IS NOT NULL),
  FOREIGN KEY (location_id, barber_id) REFERENCES barbers (location_id, id)
    ON DELETE SET NULL (barber_id)
);

CREATE INDEX users_by_location ON users (location_id, id);

CREATE TRIGGER users_check_time_zone
  BEFORE INSERT OR UPDATE OF time_zone ON users
  FOR EACH ROW WHEN (NEW.time_zone IS NOT NULL) EXECUTE FUNCTION check_time_zone();

-- Who a user is and how she proves it. Not captured: personal data stays out of the stream.
CREATE TABLE user_identities (
  user_id bigint PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  email text NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
  phone text CHECK (length(phone) BETWEEN 3 AND 40),
  -- Of the local login; null for one who logs in at an issuer.
  password_hash text,
  -- Who she is at the issuer.
  external_subject text UNIQUE CHECK (length(external_subject) BETWEEN 1 AND 255)
);

CREATE UNIQUE INDEX user_identities_by_email ON user_identities (lower(email));

-- Cached profiles contain the identity, whose changes the stream does not carry: the user's row,
-- which it does carry, changes with it. A new password also voids the tokens of the old one.
CREATE FUNCTION touch_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE users SET
    version = version + 1,
    credentials_version = credentials_version
      + (NEW.password_hash IS DISTINCT FROM OLD.password_hash)::integer
    WHERE id = NEW.user_id;
  RETURN NULL;
END
$$;

CREATE TRIGGER user_identities_touch_user
  AFTER UPDATE ON user_identities
  FOR EACH ROW WHEN (NEW IS DISTINCT FROM OLD) EXECUTE FUNCTION touch_user();

-- A customer who is a user: she books for herself, and what she booked is hers. Others are known by
-- the email that staff noted; nobody has shown that it is hers, so it gives no user any right.
ALTER TABLE customers ADD COLUMN user_id bigint REFERENCES users ON DELETE SET NULL;
DROP INDEX customers_by_email;
CREATE UNIQUE INDEX customers_by_email ON customers (location_id, lower(email))
  WHERE user_id IS NULL;
CREATE UNIQUE INDEX customers_by_user ON customers (user_id, location_id)
  WHERE user_id IS NOT NULL;

-- Logins and what privileged users did. Only ever added to.
CREATE TABLE audit_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  -- No foreign key: the entry outlives the user.
  user_id bigint,
  role text,
  address text,
  action text NOT NULL,
  target text NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}'
);

SELECT capture_changes('users');
