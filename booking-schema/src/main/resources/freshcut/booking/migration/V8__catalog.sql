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
ALTER TABLE time_off ADD COLUMN version bigint NOT NULL DEFAULT 1;
ALTER TABLE blackouts ADD COLUMN version bigint NOT NULL DEFAULT 1;

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
CREATE TRIGGER time_off_version
  BEFORE UPDATE ON time_off
  FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW)
  EXECUTE FUNCTION raise_version();
CREATE TRIGGER blackouts_version
  BEFORE UPDATE ON blackouts
  FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW)
  EXECUTE FUNCTION raise_version();

-- An absence is shown with its reason, as an appointment is with its note. Its row is written, so that
-- who changes a reason locks the barber, or the location, as who changes the absence does.
CREATE FUNCTION raise_version_of_absence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format(
    'UPDATE %I SET version = version + 1 WHERE id IN ($1, $2) AND xmin <> pg_current_xact_id()::xid',
    TG_ARGV[0]) USING OLD.absence_id, NEW.absence_id;
  RETURN NULL;
END
$$;

CREATE TRIGGER time_off_reasons_version
  AFTER INSERT OR DELETE ON time_off_reasons
  FOR EACH ROW EXECUTE FUNCTION raise_version_of_absence('time_off');
CREATE TRIGGER time_off_reasons_version_on_update
  AFTER UPDATE ON time_off_reasons
  FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW)
  EXECUTE FUNCTION raise_version_of_absence('time_off');
CREATE TRIGGER blackout_reasons_version
  AFTER INSERT OR DELETE ON blackout_reasons
  FOR EACH ROW EXECUTE FUNCTION raise_version_of_absence('blackouts');
CREATE TRIGGER blackout_reasons_version_on_update
  AFTER UPDATE ON blackout_reasons
  FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW)
  EXECUTE FUNCTION raise_version_of_absence('blackouts');

-- A date may be made usual and special again, as a row of another version 1: therefore these come
-- from a sequence, and none comes twice.
CREATE SEQUENCE special_day_versions;
ALTER TABLE special_days
  ADD COLUMN version bigint NOT NULL DEFAULT nextval('special_day_versions');
ALTER SEQUENCE special_day_versions OWNED BY special_days.version;

CREATE FUNCTION draw_special_day_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := nextval('special_day_versions');
  RETURN NEW;
END
$$;

CREATE TRIGGER special_days_version
  BEFORE UPDATE ON special_days
  FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW)
  EXECUTE FUNCTION draw_special_day_version();
