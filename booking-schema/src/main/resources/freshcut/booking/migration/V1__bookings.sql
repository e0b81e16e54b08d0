-- Bookings. Every tenant table carries location_id, and composite foreign keys make a barber, a
-- service or a customer of one location unusable at another.

CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE locations (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  -- An IANA region such as Europe/Paris. No abbreviations and no fixed offsets: they have no
  -- daylight saving time.
  time_zone text NOT NULL
    CONSTRAINT locations_time_zone_form
    CHECK (time_zone = 'UTC' OR time_zone ~ '^[A-Z][A-Za-z]+(/[A-Z][A-Za-z0-9_+-]+){1,2}$')
);

CREATE FUNCTION check_time_zone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_timezone_names WHERE name = NEW.time_zone) THEN
    RAISE EXCEPTION 'time zone % is unknown', quote_literal(NEW.time_zone)
      USING ERRCODE = 'check_violation',
        HINT = 'SELECT name FROM pg_timezone_names lists those that this server knows';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER locations_check_time_zone
  BEFORE INSERT OR UPDATE OF time_zone ON locations
  FOR EACH ROW EXECUTE FUNCTION check_time_zone();

-- A location without a row has the application's defaults.
CREATE TABLE booking_settings (
  location_id bigint PRIMARY KEY REFERENCES locations ON DELETE CASCADE,
  slot_step_minutes integer NOT NULL CHECK (slot_step_minutes BETWEEN 5 AND 240),
  minimum_notice_minutes integer NOT NULL
    CHECK (minimum_notice_minutes BETWEEN 0 AND 43200),
  horizon_days integer NOT NULL CHECK (horizon_days BETWEEN 1 AND 730),
  -- Local time from which clients can no longer book the same day; null is never.
  same_day_cutoff time CHECK (extract(second FROM same_day_cutoff) = 0),
  -- Clients move and cancel at least this long before the start.
  cancellation_window_minutes integer NOT NULL DEFAULT 0
    CHECK (cancellation_window_minutes BETWEEN 0 AND 43200),
  -- What clients book is pending until staff confirm it.
  confirmation_required boolean NOT NULL DEFAULT false
);

CREATE TABLE barbers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  location_id bigint NOT NULL REFERENCES locations ON DELETE CASCADE,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  active boolean NOT NULL DEFAULT true,
  UNIQUE (location_id, id)
);

CREATE TABLE services (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  location_id bigint NOT NULL REFERENCES locations ON DELETE CASCADE,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  duration_minutes integer NOT NULL CHECK (duration_minutes BETWEEN 5 AND 480),
  buffer_before_minutes integer NOT NULL DEFAULT 0 CHECK (buffer_before_minutes BETWEEN 0 AND 120),
  buffer_after_minutes integer NOT NULL DEFAULT 0 CHECK (buffer_after_minutes BETWEEN 0 AND 120),
  -- In the currency's minor unit, such as cents.
  price_minor bigint NOT NULL CHECK (price_minor BETWEEN 0 AND 1000000000),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  active boolean NOT NULL DEFAULT true,
  UNIQUE (location_id, id)
);

-- What a barber does differently from the service's row; without a row she does as it says.
CREATE TABLE barber_services (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  location_id bigint NOT NULL,
  barber_id bigint NOT NULL,
  service_id bigint NOT NULL,
  offered boolean NOT NULL DEFAULT true,
  -- Null is as the service has it.
  duration_minutes integer CHECK (duration_minutes BETWEEN 5 AND 480),
  price_minor bigint CHECK (price_minor BETWEEN 0 AND 1000000000),
  FOREIGN KEY (location_id, barber_id) REFERENCES barbers (location_id, id) ON DELETE CASCADE,
  FOREIGN KEY (location_id, service_id) REFERENCES services (location_id, id) ON DELETE CASCADE,
  UNIQUE (barber_id, service_id)
);

CREATE INDEX barber_services_by_service ON barber_services (location_id, service_id);

-- When the door is open, for display. Slots follow from working_hours alone.
CREATE TABLE business_hours (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  location_id bigint NOT NULL REFERENCES locations ON DELETE CASCADE,
  weekday integer NOT NULL CHECK (weekday BETWEEN 1 AND 7), -- ISO 8601: Monday is 1
  -- Local time, whole minutes. 24:00 is midnight at the end of the day; hours that go on after
  -- midnight are a second row, on the next weekday.
  opens_at time NOT NULL CHECK (extract(second FROM opens_at) = 0),
  closes_at time NOT NULL CHECK (extract(second FROM closes_at) = 0),
  CONSTRAINT business_hours_order CHECK (opens_at < closes_at),
  CONSTRAINT business_hours_no_overlap EXCLUDE USING gist (
    location_id WITH =,
    weekday WITH =,
    int4range(extract(epoch FROM opens_at)::integer, extract(epoch FROM closes_at)::integer) WITH &&)
);

-- When a barber works, in a week without exceptions.
CREATE TABLE working_hours (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  location_id bigint NOT NULL,
  barber_id bigint NOT NULL,
  weekday integer NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  opens_at time NOT NULL CHECK (extract(second FROM opens_at) = 0),
  closes_at time NOT NULL CHECK (extract(second FROM closes_at) = 0),
  FOREIGN KEY (location_id, barber_id) REFERENCES barbers (location_id, id) ON DELETE CASCADE,
  CONSTRAINT working_hours_order CHECK (opens_at < closes_at),
  CONSTRAINT working_hours_no_overlap EXCLUDE USING gist (
    barber_id WITH =,
    weekday WITH =,
    int4range(extract(epoch FROM opens_at)::integer, extract(epoch FROM closes_at)::integer) WITH &&)
);

CREATE INDEX working_hours_by_location ON working_hours (location_id, barber_id);

-- A date that is not like its weekday: closed, or barbers work only within other hours.
CREATE TABLE special_days (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  location_id bigint NOT NULL REFERENCES locations ON DELETE CASCADE,
  local_date date NOT NULL CHECK (local_date BETWEEN '2000-01-01' AND '2199-12-31'),
  -- Both null: closed.
  opens_at time CHECK (extract(second FROM opens_at) = 0),
  closes_at time CHECK (extract(second FROM closes_at) = 0),
  label text CHECK (length(label) BETWEEN 1 AND 200),
  CONSTRAINT special_days_hours CHECK (
    (opens_at IS NULL) = (closes_at IS NULL) AND (opens_at IS NULL OR opens_at < closes_at)),
  CONSTRAINT special_days_once UNIQUE (location_id, local_date)
);

-- When a barber is away.
CREATE TABLE time_off (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  location_id bigint NOT NULL,
  barber_id bigint NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  FOREIGN KEY (location_id, barber_id) REFERENCES barbers (location_id, id) ON DELETE CASCADE,
  UNIQUE (location_id, id),
  CONSTRAINT time_off_order CHECK (starts_at < ends_at AND ends_at <= starts_at + interval '2 years')
);

CREATE INDEX time_off_by_time ON time_off (location_id, ends_at, starts_at);

-- When nobody of a location works.
CREATE TABLE blackouts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  location_id bigint NOT NULL REFERENCES locations ON DELETE CASCADE,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  UNIQUE (location_id, id),
  CONSTRAINT blackouts_order CHECK (starts_at < ends_at AND ends_at <= starts_at + interval '2 years')
);

CREATE INDEX blackouts_by_time ON blackouts (location_id, ends_at, starts_at);

-- What people say freely may be personal, so it is in tables of its own, which the change stream does
-- not carry.
CREATE TABLE time_off_reasons (
  location_id bigint NOT NULL,
  absence_id bigint PRIMARY KEY,
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
  FOREIGN KEY (location_id, absence_id) REFERENCES time_off (location_id, id) ON DELETE CASCADE
);

CREATE TABLE blackout_reasons (
  location_id bigint NOT NULL,
  absence_id bigint PRIMARY KEY,
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
  FOREIGN KEY (location_id, absence_id) REFERENCES blackouts (location_id, id) ON DELETE CASCADE
);

-- A booking locks its location FOR SHARE and its barber FOR NO KEY UPDATE before it looks at the
-- schedule, the settings and the service's terms. Whoever changes these locks the same rows, so that
-- no booking is made by what is just being changed. A transaction that changes several things does
-- well to begin with those that lock the location, as bookings do.
CREATE FUNCTION lock_barber() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM barbers WHERE id IN (OLD.barber_id, NEW.barber_id) ORDER BY id FOR NO KEY UPDATE;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION lock_location() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM locations WHERE id IN (OLD.location_id, NEW.location_id) ORDER BY id
    FOR NO KEY UPDATE;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER working_hours_lock BEFORE INSERT OR UPDATE OR DELETE ON working_hours
  FOR EACH ROW EXECUTE FUNCTION lock_barber();
CREATE TRIGGER time_off_lock BEFORE INSERT OR UPDATE OR DELETE ON time_off
  FOR EACH ROW EXECUTE FUNCTION lock_barber();
CREATE TRIGGER barber_services_lock BEFORE INSERT OR UPDATE OR DELETE ON barber_services
  FOR EACH ROW EXECUTE FUNCTION lock_barber();
CREATE TRIGGER special_days_lock BEFORE INSERT OR UPDATE OR DELETE ON special_days
  FOR EACH ROW EXECUTE FUNCTION lock_location();
CREATE TRIGGER blackouts_lock BEFORE INSERT OR UPDATE OR DELETE ON blackouts
  FOR EACH ROW EXECUTE FUNCTION lock_location();
CREATE TRIGGER booking_settings_lock BEFORE INSERT OR UPDATE OR DELETE ON booking_settings
  FOR EACH ROW EXECUTE FUNCTION lock_location();
-- Nobody can be booking a service that is new.
CREATE TRIGGER services_lock BEFORE UPDATE OR DELETE ON services
  FOR EACH ROW EXECUTE FUNCTION lock_location();

CREATE TABLE customers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  location_id bigint NOT NULL REFERENCES locations ON DELETE CASCADE,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  email text NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
  phone text CHECK (length(phone) BETWEEN 3 AND 40),
  UNIQUE (location_id, id)
);

CREATE UNIQUE INDEX customers_by_email ON customers (location_id, lower(email));

-- Whether an appointment of this status takes its barber's time: the one definition, for the
-- constraint, the trigger and every query.
CREATE FUNCTION occupies_time(status text) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN status IN ('held', 'pending', 'confirmed', 'completed');

CREATE TABLE appointments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  location_id bigint NOT NULL REFERENCES locations ON DELETE CASCADE,
  barber_id bigint NOT NULL,
  service_id bigint NOT NULL,
  -- Null for a hold only.
  customer_id bigint,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  -- The service's time with its buffers: what other appointments must keep clear of.
  busy_from timestamptz NOT NULL,
  busy_until timestamptz NOT NULL,
  -- The day in the location's zone; always set by a trigger, whoever writes the row.
  local_date date NOT NULL,
  status text NOT NULL DEFAULT 'confirmed'
    CHECK (status IN
      ('held', 'expired', 'pending', 'confirmed', 'completed', 'no_show', 'cancelled')),
  -- A hold keeps its time until then, or until it was found to be over, or released.
  hold_expires_at timestamptz,
  -- The user whose hold it is; no one else makes an appointment of it.
  held_by bigint,
  -- Her role then: what staff hold is not bound by the rules for clients.
  held_as text CHECK (held_as IN ('client', 'barber', 'owner', 'operator')),
  -- Set by a trigger if whoever cancels does not say: then it was done in the database.
  cancelled_by text CHECK (cancelled_by IN ('client', 'barber', 'owner', 'operator')),
  -- The price that was agreed, in the currency's minor unit. What the service costs later, or at
  -- another barber to whom it is moved, changes nothing.
  price_minor bigint NOT NULL CHECK (price_minor BETWEEN 0 AND 1000000000),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (location_id, barber_id) REFERENCES barbers (location_id, id),
  FOREIGN KEY (location_id, service_id) REFERENCES services (location_id, id),
  FOREIGN KEY (location_id, customer_id) REFERENCES customers (location_id, id),
  -- With the customer, so that what somebody has brought is summed without reading the rows.
  CONSTRAINT appointments_of_location UNIQUE (location_id, id) INCLUDE (customer_id),
  CONSTRAINT appointments_customer CHECK (
    customer_id IS NOT NULL OR status IN ('held', 'expired')),
  CONSTRAINT appointments_hold CHECK (
    (hold_expires_at IS NOT NULL) = (status IN ('held', 'expired'))),
  CONSTRAINT appointments_cancelled_by CHECK (
    (cancelled_by IS NOT NULL) = (status = 'cancelled')),
  CONSTRAINT appointments_order CHECK (
    busy_from <= starts_at AND starts_at < ends_at AND ends_at <= busy_until
    AND busy_until <= busy_from + interval '12 hours'),
  -- No double booking. A customer who did not come, or who cancelled, gives the time back.
  CONSTRAINT appointments_no_overlap EXCLUDE USING gist (
    barber_id WITH =,
    tstzrange(busy_from, busy_until, '[)') WITH &&)
    WHERE (occupies_time(status))
);

-- Of an appointment, and apart from it as the reasons of absences are.
CREATE TABLE appointment_notes (
  location_id bigint NOT NULL,
  appointment_id bigint PRIMARY KEY,
  note text NOT NULL CHECK (length(note) BETWEEN 1 AND 500),
  FOREIGN KEY (location_id, appointment_id) REFERENCES appointments (location_id, id)
    ON DELETE CASCADE
);

-- A day's appointments: the question that every slot search asks.
CREATE INDEX appointments_by_day ON appointments (location_id, local_date, barber_id);

-- Holds that are over, and those that have been for long, for the sweeper.
CREATE INDEX appointments_holds ON appointments (hold_expires_at) WHERE status = 'held';
CREATE INDEX appointments_expired_holds ON appointments (hold_expires_at)
  WHERE status = 'expired';

-- Somebody's holds, of which she may have only a few.
CREATE INDEX appointments_holds_by_user ON appointments (held_by) WHERE status = 'held';

-- Derives what follows from other columns, so that every writer (and an operator with psql) gets it
-- right: times and a price left out of an INSERT follow from the service, and from what the barber
-- does differently; an UPDATE of starts_at alone takes the other times along; local_date follows from
-- the location's zone.
--
-- A day's slots depend on the appointments of that local day and of no other. This holds because
-- an appointment, buffers included, must lie within one local day; the cache's rules rely on it.
CREATE FUNCTION derive_appointment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  zone text;
  service services;
  own barber_services;
  shift interval;
BEGIN
  IF NEW.status NOT IN ('held', 'expired') THEN
    NEW.hold_expires_at := NULL;
  END IF;
  IF NEW.status = 'cancelled' AND NEW.cancelled_by IS NULL THEN
    NEW.cancelled_by := 'operator';
  END IF;

  IF TG_OP = 'UPDATE' AND NEW.starts_at <> OLD.starts_at
     AND (NEW.ends_at, NEW.busy_from, NEW.busy_until)
       = (OLD.ends_at, OLD.busy_from, OLD.busy_until) THEN
    shift := NEW.starts_at - OLD.starts_at;
    NEW.ends_at := OLD.ends_at + shift;
    NEW.busy_from := OLD.busy_from + shift;
    NEW.busy_until := OLD.busy_until + shift;
  END IF;

  IF NEW.ends_at IS NULL OR NEW.busy_from IS NULL OR NEW.busy_until IS NULL
     OR NEW.price_minor IS NULL OR NEW.currency IS NULL THEN
    SELECT * INTO service FROM services
      WHERE location_id = NEW.location_id AND id = NEW.service_id;
    SELECT * INTO own FROM barber_services
      WHERE barber_id = NEW.barber_id AND service_id = NEW.service_id;
    NEW.ends_at := coalesce(
      NEW.ends_at,
      NEW.starts_at
        + make_interval(mins => coalesce(own.duration_minutes, service.duration_minutes)));
    NEW.busy_from := coalesce(
      NEW.busy_from, NEW.starts_at - make_interval(mins => service.buffer_before_minutes));
    NEW.busy_until := coalesce(
      NEW.busy_until, NEW.ends_at + make_interval(mins => service.buffer_after_minutes));
    -- A price that is the service's is in the service's currency.
    IF NEW.price_minor IS NULL OR NEW.currency IS NULL THEN
      NEW.currency := service.currency;
    END IF;
    NEW.price_minor := coalesce(NEW.price_minor, own.price_minor, service.price_minor);
  END IF;

  -- Locked, so that a change of the zone is over or has yet to find this row: never between.
  SELECT time_zone INTO zone FROM locations WHERE id = NEW.location_id FOR SHARE;
  NEW.local_date := (NEW.starts_at AT TIME ZONE zone)::date;

  IF occupies_time(NEW.status)
     AND ((NEW.busy_from AT TIME ZONE zone)::date <> NEW.local_date
       OR ((NEW.busy_until - interval '1 microsecond') AT TIME ZONE zone)::date
         <> NEW.local_date) THEN
    RAISE EXCEPTION 'the appointment, buffers included, goes over midnight in %', zone
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appointments_one_day',
        HINT = 'choose a time at which it lies within one local day';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER appointments_derive
  BEFORE INSERT
  OR UPDATE OF location_id, starts_at, ends_at, busy_from, busy_until, local_date, status,
    hold_expires_at, cancelled_by
  ON appointments
  FOR EACH ROW EXECUTE FUNCTION derive_appointment();

-- An appointment's life: see docs/api.md. Rows that come from elsewhere may begin anywhere in it.
CREATE FUNCTION check_appointment_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.status, NEW.status) NOT IN (
    ('held', 'pending'), ('held', 'confirmed'), ('held', 'expired'),
    ('pending', 'confirmed'), ('pending', 'cancelled'),
    ('confirmed', 'completed'), ('confirmed', 'no_show'), ('confirmed', 'cancelled')) THEN
    RAISE EXCEPTION 'an appointment that is % cannot become %', OLD.status, NEW.status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appointments_status_transition';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER appointments_check_status
  BEFORE UPDATE OF status ON appointments
  FOR EACH ROW WHEN (NEW.status <> OLD.status)
  EXECUTE FUNCTION check_appointment_status();

-- A location that changes its zone changes the local day of its appointments. Those that go on lying
-- within the same day are left alone; of the others, derive_appointment refuses those that then go
-- over midnight.
CREATE FUNCTION follow_time_zone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE appointments SET local_date = (starts_at AT TIME ZONE NEW.time_zone)::date
    WHERE location_id = NEW.id
      AND NOT local_date = ALL (ARRAY[
        (starts_at AT TIME ZONE NEW.time_zone)::date,
        (busy_from AT TIME ZONE NEW.time_zone)::date,
        ((busy_until - interval '1 microsecond') AT TIME ZONE NEW.time_zone)::date]);
  RETURN NULL;
END
$$;

CREATE TRIGGER locations_follow_time_zone
  AFTER UPDATE OF time_zone ON locations
  FOR EACH ROW WHEN (NEW.time_zone <> OLD.time_zone)
  EXECUTE FUNCTION follow_time_zone();
