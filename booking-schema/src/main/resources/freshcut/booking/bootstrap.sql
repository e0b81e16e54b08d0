-- What only a superuser can do, once per database and before the first start of booking-api:
-- the three roles that Freshcut logs in with. Run it in the database that is to hold the bookings.
--
--   freshcut         owns the database and every table; booking-api and its migrations use it
--   freshcut_cdc     reads the change stream; the tables' migration grants it what else it needs
--   freshcut_notify  is notification-worker's; migrations grant it what it reads and writes
--
-- Passwords come from three settings, so that none is written here and none is logged by psql:
--
--   PGOPTIONS="-c freshcut.app_password=… -c freshcut.cdc_password=… -c freshcut.notify_password=…" \
--     psql -d freshcut -f bootstrap.sql
--
-- Running it again sets the passwords again and changes nothing else.

DO $$
DECLARE
  app_password text := current_setting('freshcut.app_password', true);
  cdc_password text := current_setting('freshcut.cdc_password', true);
  notify_password text := current_setting('freshcut.notify_password', true);
BEGIN
  IF '' IN (
    coalesce(app_password, ''), coalesce(cdc_password, ''), coalesce(notify_password, '')) THEN
    RAISE EXCEPTION
      'freshcut.app_password, freshcut.cdc_password and freshcut.notify_password must all be set'
      USING HINT = 'PGOPTIONS="-c freshcut.app_password=… -c freshcut.cdc_password=… …" psql …';
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

  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'freshcut_notify') THEN
    CREATE ROLE freshcut_notify;
  END IF;
  EXECUTE format('ALTER ROLE freshcut_notify LOGIN PASSWORD %L', notify_password);

  -- The owner of the database may create its schema, its publication and trusted extensions.
  EXECUTE format('ALTER DATABASE %I OWNER TO freshcut', current_database());
  EXECUTE format(
    'GRANT CONNECT ON DATABASE %I TO freshcut_cdc, freshcut_notify',
    current_database());
END
$$;
