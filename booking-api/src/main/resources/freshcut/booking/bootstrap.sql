-- What only a superuser can do, once per database and before the first start of booking-api:
-- the two roles that Freshcut logs in with. Run it in the database that is to hold the bookings.
--
--   freshcut      owns the database and every table; booking-api and its migrations use it
--   freshcut_cdc  reads the change stream; the tables' migration grants it what else it needs
--
-- Passwords come from two settings, so that none is written here and none is logged by psql:
--
--   PGOPTIONS="-c freshcut.app_password=… -c freshcut.cdc_password=…" psql -d freshcut -f bootstrap.sql
--
-- Running it again sets the passwords again and changes nothing else.

DO $$
DECLARE
  app_password text := current_setting('freshcut.app_password', true);
  cdc_password text := current_setting('freshcut.cdc_password', true);
BEGIN
  IF coalesce(app_password, '') = '' OR coalesce(cdc_password, '') = '' THEN
    RAISE EXCEPTION 'freshcut.app_password and freshcut.cdc_password must both be set'
      USING HINT = 'PGOPTIONS="-c freshcut.app_password=… -c freshcut.cdc_password=…" psql …';
  END IF;

  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'freshcut') THEN
    CREATE ROLE freshcut;
  END IF;
  EXECUTE format('ALTER ROLE freshcut LOGIN PASSWORD %L', app_password);

  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'freshcut_cdc') THEN
    CREATE ROLE freshcut_cdc;
  END IF;
  EXECUTE format(
    'ALTER ROLE freshcut_cdc LOGIN REPLICATION PASSWORD %L', cdc_password);

  -- The owner of the database may create its schema, its publication and trusted extensions.
  EXECUTE format('ALTER DATABASE %I OWNER TO freshcut', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO freshcut_cdc', current_database());
END
$$;
