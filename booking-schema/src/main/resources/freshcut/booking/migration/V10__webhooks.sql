-- Where to tell others of what happens at a location. Not captured: secrets stay here.
CREATE TABLE webhooks (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  location_id bigint NOT NULL REFERENCES locations ON DELETE CASCADE,
  url text NOT NULL CHECK (length(url) BETWEEN 1 AND 500),
  events text[] NOT NULL CHECK (cardinality(events) BETWEEN 1 AND 20),
  description text CHECK (length(description) BETWEEN 1 AND 200),
  enabled boolean NOT NULL DEFAULT true,
  -- Signs deliveries; encrypted by the service, for this row's id.
  secret bytea NOT NULL,
  -- The one before, which is good until then.
  previous_secret bytea,
  previous_until timestamptz,
  -- The oldest that was good when that one was replaced: if answers were lost, receivers have it.
  older_secret bytea,
  older_until timestamptz,
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT webhooks_previous CHECK ((previous_secret IS NULL) = (previous_until IS NULL)),
  CONSTRAINT webhooks_older CHECK ((older_secret IS NULL) = (older_until IS NULL))
);

CREATE INDEX webhooks_by_location ON webhooks (location_id, id);

CREATE TRIGGER webhooks_version
  BEFORE UPDATE ON webhooks
  FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW)
  EXECUTE FUNCTION raise_version();
