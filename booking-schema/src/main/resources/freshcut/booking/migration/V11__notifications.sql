-- What customers are told, how, and what became of it; deliveries to webhooks.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'freshcut_notify') THEN
    RAISE EXCEPTION 'role freshcut_notify is missing'
      USING HINT = 'run freshcut/booking/bootstrap.sql as a superuser in this database';
  END IF;
END
$$;

-- Minutes before the start at which customers are reminded: none, or some that all differ.
CREATE FUNCTION reminder_minutes_are_valid(minutes integer[]) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN coalesce(array_ndims(minutes), 1) = 1
    AND cardinality(minutes) <= 5
    AND NOT EXISTS (
      SELECT FROM unnest(minutes) AS m WHERE m IS NULL OR m NOT BETWEEN 15 AND 43200)
    AND cardinality(minutes) = (SELECT count(DISTINCT m) FROM unnest(minutes) AS m);

-- What a location does for all its customers. One without a row has the columns' defaults; the view
-- notification_rules says what holds in either case.
CREATE TABLE notification_settings (
  location_id bigint PRIMARY KEY REFERENCES locations ON DELETE CASCADE,
  email boolean NOT NULL DEFAULT true,
  sms boolean NOT NULL DEFAULT true,
  reminder_minutes integer[] NOT NULL DEFAULT '{1440,120}'
    CHECK (reminder_minutes_are_valid(reminder_minutes)),
  -- By the customer's clock, and over midnight if they end before they begin. Both the same: none.
  quiet_from time NOT NULL DEFAULT '21:00'
    CHECK (quiet_from < '24:00' AND extract(second FROM quiet_from) = 0),
  quiet_until time NOT NULL DEFAULT '08:00'
    CHECK (quiet_until < '24:00' AND extract(second FROM quiet_until) = 0)
);

-- Where customers' answers go. Apart, as addresses stay out of the change stream.
CREATE TABLE notification_reply_addresses (
  location_id bigint PRIMARY KEY REFERENCES locations ON DELETE CASCADE,
  reply_to text NOT NULL CHECK (length(reply_to) BETWEEN 3 AND 254)
);

CREATE VIEW notification_rules AS
SELECT
  l.id AS location_id,
  coalesce(s.email, true) AS email,
  coalesce(s.sms, true) AS sms,
  coalesce(s.reminder_minutes, '{1440,120}') AS reminder_minutes,
  coalesce(s.quiet_from, '21:00') AS quiet_from,
  coalesce(s.quiet_until, '08:00') AS quiet_until,
  r.reply_to
FROM locations l
  LEFT JOIN notification_settings s ON s.location_id = l.id
  LEFT JOIN notification_reply_addresses r ON r.location_id = l.id;

-- What a customer wants, who is as the view notification_recipients says until there is a row. No
-- names and no addresses: it is captured.
CREATE TABLE notification_preferences (
  customer_id bigint PRIMARY KEY,
  location_id bigint NOT NULL,
  -- Null: that of her account.
  language text CHECK (language ~ '^[a-z]{2,3}(-[A-Z]{2})?$'),
  -- Null: the location's.
  time_zone text,
  email boolean NOT NULL DEFAULT true,
  -- Since when she wants SMS, and how it is known; null: she never said so, or does not any more.
  sms_consent_at timestamptz,
  sms_consent_source text
    CHECK (sms_consent_source IN ('account', 'in_person', 'phone', 'writing')),
  -- The same of her last word that she does not.
  sms_withdrawn_at timestamptz,
  sms_withdrawn_source text
    CHECK (sms_withdrawn_source IN ('account', 'in_person', 'phone', 'writing')),
  -- Null: the location's.
  reminder_minutes integer[] CHECK (reminder_minutes_are_valid(reminder_minutes)),
  -- Null: the location's. Both the same: none.
  quiet_from time CHECK (quiet_from < '24:00' AND extract(second FROM quiet_from) = 0),
  quiet_until time CHECK (quiet_until < '24:00' AND extract(second FROM quiet_until) = 0),
  version bigint NOT NULL DEFAULT 1,
  FOREIGN KEY (location_id, customer_id) REFERENCES customers (location_id, id) ON DELETE CASCADE,
  CONSTRAINT notification_preferences_consent CHECK (
    (sms_consent_at IS NULL) = (sms_consent_source IS NULL)),
  CONSTRAINT notification_preferences_withdrawal CHECK (
    (sms_withdrawn_at IS NULL) = (sms_withdrawn_source IS NULL)),
  CONSTRAINT notification_preferences_one_word CHECK (
    sms_consent_at IS NULL OR sms_withdrawn_at IS NULL),
  CONSTRAINT notification_preferences_quiet CHECK ((quiet_from IS NULL) = (quiet_until IS NULL))
);

CREATE TRIGGER notification_preferences_check_time_zone
  BEFORE INSERT OR UPDATE OF time_zone ON notification_preferences
  FOR EACH ROW WHEN (NEW.time_zone IS NOT NULL) EXECUTE FUNCTION check_time_zone();

CREATE TRIGGER notification_preferences_version
  BEFORE UPDATE ON notification_preferences
  FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW)
  EXECUTE FUNCTION raise_version();

-- How each customer is told, with what her location says where she says nothing; nobody who was
-- anonymised. What is planned ahead follows from captured columns alone: a phone that is missing, or
-- another email, is found when it is sent.
CREATE VIEW notification_recipients AS
SELECT
  c.id AS customer_id,
  c.location_id,
  c.name,
  c.email,
  c.phone,
  coalesce(p.language, u.language) AS language,
  coalesce(p.time_zone, l.time_zone) AS time_zone,
  r.email AND coalesce(p.email, true) AS wants_email,
  r.sms AND p.sms_consent_at IS NOT NULL AS wants_sms,
  coalesce(p.reminder_minutes, r.reminder_minutes) AS reminder_minutes,
  coalesce(p.quiet_from, r.quiet_from) AS quiet_from,
  coalesce(p.quiet_until, r.quiet_until) AS quiet_until
FROM customers c
  JOIN locations l ON l.id = c.location_id
  JOIN notification_rules r ON r.location_id = c.location_id
  LEFT JOIN notification_preferences p ON p.customer_id = c.id
  LEFT JOIN users u ON u.id = c.user_id
WHERE c.anonymised_at IS NULL;

-- Whom to tell of what goes wrong at a location.
CREATE VIEW notification_owners AS
SELECT u.location_id, u.id AS user_id, i.name, i.email, u.language
FROM users u JOIN user_identities i ON i.user_id = u.id
WHERE u.role = 'owner' AND u.active;

-- The ledger of what was sent: the last word on whether something was. Not captured. No foreign
-- keys to what it was about: that it was sent stays true when that is gone.
CREATE TABLE notifications (
  -- The job's, which follows from the fact that is told.
  id text PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 200),
  -- The order in which they began, for lists.
  number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  location_id bigint NOT NULL REFERENCES locations ON DELETE CASCADE,
  -- Null: the location's owners.
  customer_id bigint,
  appointment_id bigint,
  waiting_list_id bigint,
  kind text NOT NULL CHECK (kind ~ '^[a-z][a-z_]{0,39}$'),
  channel text NOT NULL CHECK (channel IN ('email', 'sms')),
  -- sending: begun, and not known to be sent.
  state text NOT NULL CHECK (state IN ('sending', 'sent', 'failed', 'skipped')),
  -- Why not; without names and addresses.
  reason text CHECK (length(reason) BETWEEN 1 AND 500),
  -- What the provider calls it.
  provider_id text CHECK (length(provider_id) BETWEEN 1 AND 500),
  attempts integer NOT NULL DEFAULT 1 CHECK (attempts >= 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  sent_at timestamptz,
  CONSTRAINT notifications_sent CHECK ((sent_at IS NOT NULL) = (state = 'sent'))
);

CREATE INDEX notifications_by_customer ON notifications (customer_id, number);
CREATE INDEX notifications_by_appointment ON notifications (appointment_id, number);

-- Preferences go with whom they are of, and so does what providers said of her.
CREATE FUNCTION forget_preferences() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM notification_preferences WHERE customer_id = NEW.id;
  UPDATE notifications SET reason = NULL, provider_id = NULL
    WHERE customer_id = NEW.id AND (reason IS NOT NULL OR provider_id IS NOT NULL);
  RETURN NULL;
END
$$;

CREATE TRIGGER customers_forget_preferences
  AFTER UPDATE OF anonymised_at ON customers
  FOR EACH ROW WHEN (OLD.anonymised_at IS NULL AND NEW.anonymised_at IS NOT NULL)
  EXECUTE FUNCTION forget_preferences();

-- Deliveries that were given up in a row. When there are too many, the webhook is disabled.
ALTER TABLE webhooks
  ADD COLUMN failures integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
  ADD COLUMN disabled_at timestamptz,
  ADD COLUMN disabled_reason text CHECK (length(disabled_reason) BETWEEN 1 AND 500),
  -- Null where its owner turned it off herself.
  ADD CONSTRAINT webhooks_disabled CHECK (
    (disabled_at IS NULL) = (disabled_reason IS NULL) AND (disabled_at IS NULL OR NOT enabled));

-- What counts alone is no change of hers: an If-Match of before stays good.
CREATE OR REPLACE TRIGGER webhooks_version
  BEFORE UPDATE ON webhooks
  FOR EACH ROW WHEN (to_jsonb(OLD) - 'failures' IS DISTINCT FROM to_jsonb(NEW) - 'failures')
  EXECUTE FUNCTION raise_version();

-- Whoever turns it on again begins anew.
CREATE FUNCTION forget_failures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.failures := 0;
  NEW.disabled_at := NULL;
  NEW.disabled_reason := NULL;
  RETURN NEW;
END
$$;

CREATE TRIGGER webhooks_forget_failures
  BEFORE UPDATE OF enabled ON webhooks
  FOR EACH ROW WHEN (NEW.enabled AND NOT OLD.enabled)
  EXECUTE FUNCTION forget_failures();

-- The ledger of deliveries. Not captured. They go with their webhook.
CREATE TABLE webhook_deliveries (
  -- The job's; receivers get it as webhook-id, or a part of it.
  id text PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 200),
  number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  webhook_id bigint NOT NULL REFERENCES webhooks ON DELETE CASCADE,
  location_id bigint NOT NULL REFERENCES locations ON DELETE CASCADE,
  event text NOT NULL CHECK (event ~ '^[a-z_]+\.[a-z_]+$' AND length(event) <= 60),
  -- sending: begun, and tried again until it is delivered or given up (failed).
  state text NOT NULL CHECK (state IN ('sending', 'delivered', 'failed', 'skipped')),
  attempts integer NOT NULL DEFAULT 1 CHECK (attempts >= 0),
  -- Of the last attempt: the status, if there was an answer, and what was wrong.
  last_status integer CHECK (last_status BETWEEN 100 AND 599),
  last_error text CHECK (length(last_error) BETWEEN 1 AND 500),
  created_at timestamptz NOT NULL DEFAULT now(),
  delivered_at timestamptz,
  CONSTRAINT webhook_deliveries_delivered CHECK (
    (delivered_at IS NOT NULL) = (state = 'delivered'))
);

CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id, number);

-- What is planned ahead follows from these.
SELECT capture_changes('notification_settings');
SELECT capture_changes('notification_preferences');

-- The notification worker: it reads what it tells of and whom, writes what became of it, and deletes
-- what is old. Customers and owners it sees through the views alone, and of rows only what it needs.
GRANT USAGE ON SCHEMA public TO freshcut_notify;
GRANT SELECT ON notification_rules, notification_recipients, notification_owners
  TO freshcut_notify;
GRANT SELECT (id, name, time_zone) ON locations TO freshcut_notify;
GRANT SELECT (id, name) ON barbers, services TO freshcut_notify;
GRANT SELECT (id, version, location_id, barber_id, service_id, customer_id, status, starts_at,
  ends_at, price_minor, currency, hold_expires_at) ON appointments TO freshcut_notify;
GRANT SELECT (id, customer_id, appointment_id, state) ON waiting_list TO freshcut_notify;
GRANT SELECT (customer_id, sms_consent_at) ON notification_preferences TO freshcut_notify;
GRANT SELECT (id, number, state, attempts, created_at), INSERT,
  UPDATE (state, reason, provider_id, attempts, sent_at), DELETE
  ON notifications TO freshcut_notify;
GRANT SELECT (id, number, webhook_id, state, attempts, created_at), INSERT,
  UPDATE (state, attempts, last_status, last_error, delivered_at), DELETE
  ON webhook_deliveries TO freshcut_notify;
GRANT SELECT (id, location_id, url, events, enabled, secret, previous_secret, previous_until,
  older_secret, older_until, created_at, failures, disabled_at, disabled_reason),
  UPDATE (enabled, failures, disabled_at, disabled_reason) ON webhooks TO freshcut_notify;
