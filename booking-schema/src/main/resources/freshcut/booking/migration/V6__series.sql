-- Appointments that repeat. Each occurrence is an appointment like others; the series says what was
-- planned. Not captured: nothing is cached from it.
CREATE TABLE series (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  location_id bigint NOT NULL REFERENCES locations ON DELETE CASCADE,
  -- Null: whoever is free, for each occurrence anew.
  barber_id bigint,
  service_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  every_weeks integer NOT NULL CHECK (every_weeks BETWEEN 1 AND 12),
  -- By the clock on the location's wall.
  local_time time NOT NULL CHECK (extract(second FROM local_time) = 0),
  first_date date NOT NULL,
  -- Of the last occurrence as planned.
  last_date date NOT NULL,
  -- From this date on it is cancelled.
  cancelled_from date,
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (location_id, barber_id) REFERENCES barbers (location_id, id),
  FOREIGN KEY (location_id, service_id) REFERENCES services (location_id, id),
  FOREIGN KEY (location_id, customer_id) REFERENCES customers (location_id, id),
  UNIQUE (location_id, id),
  CONSTRAINT series_rhythm CHECK (
    first_date <= last_date AND (last_date - first_date) % (7 * every_weeks) = 0)
);

CREATE INDEX series_by_customer ON series (customer_id, id);

-- The date that the series had planned; it stays when the appointment is moved.
ALTER TABLE appointments
  ADD COLUMN series_id bigint,
  ADD COLUMN series_date date,
  ADD FOREIGN KEY (location_id, series_id) REFERENCES series (location_id, id),
  ADD CONSTRAINT appointments_occurrence CHECK ((series_id IS NULL) = (series_date IS NULL));

-- One appointment for each date of a series, cancelled or not.
CREATE UNIQUE INDEX appointments_by_series ON appointments (series_id, series_date)
  WHERE series_id IS NOT NULL;

-- The dates that a series goes without, as there was no room.
CREATE TABLE series_skips (
  location_id bigint NOT NULL,
  series_id bigint NOT NULL,
  series_date date NOT NULL,
  -- The code of the problem.
  reason text NOT NULL CHECK (reason ~ '^[a-z-]{1,50}$'),
  PRIMARY KEY (series_id, series_date),
  FOREIGN KEY (location_id, series_id) REFERENCES series (location_id, id) ON DELETE CASCADE
);

CREATE TRIGGER series_version
  BEFORE UPDATE ON series
  FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW)
  EXECUTE FUNCTION raise_version();

-- A series is shown with its appointments, so its version changes with theirs.
CREATE FUNCTION touch_series() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE series SET version = version + 1 WHERE id = OLD.series_id;
  RETURN NULL;
END
$$;

CREATE TRIGGER appointments_touch_series
  AFTER UPDATE ON appointments
  FOR EACH ROW WHEN (OLD.series_id IS NOT NULL AND OLD IS DISTINCT FROM NEW)
  EXECUTE FUNCTION touch_series();

CREATE TRIGGER appointments_touch_series_on_delete
  AFTER DELETE ON appointments
  FOR EACH ROW WHEN (OLD.series_id IS NOT NULL)
  EXECUTE FUNCTION touch_series();
