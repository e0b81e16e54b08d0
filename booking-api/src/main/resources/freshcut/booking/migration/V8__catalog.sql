-- What the endpoints for locations, barbers, services, hours and settings need.

-- One definition of the zones that this server knows.
CREATE FUNCTION time_zone_is_known(zone text) RETURNS boolean
  LANGUAGE sql STABLE
  RETURN EXISTS (SELECT FROM pg_timezone_names WHERE name = zone);

CREATE OR REPLACE FUNCTION check_time_zone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT time_zone_is_known(NEW.time_zone) THEN
    RAISE EXCEPTION 'time zone % is unknown', quote_literal(NEW.time_zone)
      USING ERRCODE = 'check_violation', CONSTRAINT = 'time_zone_known',
        HINT = 'SELECT name FROM pg_timezone_names lists those that this server knows';
  END IF;
  RETURN NEW;
END
$$;

-- Versions are entity tags: every change raises them, whoever makes it.
CREATE TRIGGER users_version
  BEFORE UPDATE ON users
  FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW)
  EXECUTE FUNCTION raise_version();

ALTER TABLE locations ADD COLUMN version bigint NOT NULL DEFAULT 1;
ALTER TABLE barbers ADD COLUMN version bigint NOT NULL DEFAULT 1;
ALTER TABLE services ADD COLUMN version bigint NOT NULL DEFAULT 1;
ALTER TABLE barber_services ADD COLUMN version bigint NOT NULL DEFAULT 1;

CREATE TRIGGER locations_version
  BEFORE UPDATE ON locations
  FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW)
  EXECUTE FUNCTION raise_version();
CREATE TRIGGER barbers_version
  BEFORE UPDATE ON barbers
  FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW)
  EXECUTE FUNCTION raise_version();
CREATE TRIGGER services_version
  BEFORE UPDATE ON services
  FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW)
  EXECUTE FUNCTION raise_version();
CREATE TRIGGER barber_services_version
  BEFORE UPDATE ON barber_services
  FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW)
  EXECUTE FUNCTION raise_version();
