-- What the change connector needs: the publication, complete row images, a heartbeat table and the
-- least privileges that reading them takes.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'freshcut_cdc') THEN
    RAISE EXCEPTION 'role freshcut_cdc is missing'
      USING HINT = 'run freshcut/booking/bootstrap.sql once as a superuser in this database';
  END IF;
END
$$;

CREATE PUBLICATION freshcut;

GRANT USAGE ON SCHEMA public TO freshcut_cdc;

-- Puts a table into the change stream. Old row images must be complete, because the cache's rules
-- are evaluated on both images of an update.
CREATE FUNCTION capture_changes(captured regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s REPLICA IDENTITY FULL', captured);
  EXECUTE format('ALTER PUBLICATION freshcut ADD TABLE %s', captured);
  EXECUTE format('GRANT SELECT ON %s TO freshcut_cdc', captured);
END
$$;

-- One row, written about once a second by the connector; its change tells consumers how far the
-- stream has come.
CREATE TABLE cdc_heartbeat (
  id integer PRIMARY KEY CHECK (id = 1),
  beat_at timestamptz NOT NULL,
  xid bigint NOT NULL,
  horizon bigint NOT NULL
) WITH (fillfactor = 50);

GRANT INSERT, UPDATE ON cdc_heartbeat TO freshcut_cdc;

-- Not customers, notes and reasons: no rule needs them, and personal data stays out of the stream.
DO $$
BEGIN
  PERFORM capture_changes(captured)
    FROM unnest(ARRAY[
      'locations', 'booking_settings', 'barbers', 'services', 'business_hours', 'working_hours',
      'special_days', 'time_off', 'blackouts', 'barber_services', 'appointments',
      'cdc_heartbeat']::regclass[]) AS captured;
END
$$;
