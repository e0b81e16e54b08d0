-- What the pipeline needs in a database: a table to change, and the other one of the cache model.
CREATE TABLE public.items (
  id bigint PRIMARY KEY,
  shelf integer NOT NULL,
  price integer NOT NULL,
  name text NOT NULL
) WITH (autovacuum_enabled = false); -- it would run at some time in some round
ALTER TABLE public.items REPLICA IDENTITY FULL;

CREATE TABLE public.offers (
  shop integer,
  day date,
  kind integer,
  variant integer,
  PRIMARY KEY (shop, day, kind, variant)
);
ALTER TABLE public.offers REPLICA IDENTITY FULL;

CREATE TABLE public.cdc_heartbeat (
  id integer PRIMARY KEY,
  beat_at timestamptz NOT NULL,
  xid bigint NOT NULL,
  horizon bigint NOT NULL
);
ALTER TABLE public.cdc_heartbeat REPLICA IDENTITY FULL;

CREATE PUBLICATION freshcut FOR TABLE public.items, public.offers, public.cdc_heartbeat;

GRANT USAGE ON SCHEMA public TO freshcut_cdc;
GRANT SELECT ON public.items, public.offers TO freshcut_cdc;
GRANT SELECT, INSERT, UPDATE ON public.cdc_heartbeat TO freshcut_cdc;
