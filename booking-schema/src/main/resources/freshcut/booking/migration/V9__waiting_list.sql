-- Who waits for time to become free.
CREATE TABLE waiting_list (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  location_id bigint NOT NULL REFERENCES locations ON DELETE CASCADE,
  -- Null: whoever is free.
  barber_id bigint,
  service_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  first_date date NOT NULL,
  last_date date NOT NULL,
  -- By the clock on the location's wall; null: whenever.
  not_before time CHECK (extract(second FROM not_before) = 0),
  not_after time CHECK (extract(second FROM not_after) = 0),
  state text NOT NULL DEFAULT 'waiting'
    CHECK (state IN ('waiting', 'offered', 'accepted', 'declined', 'expired', 'cancelled')),
  -- The hold that is or was offered; the appointment that it became.
  appointment_id bigint REFERENCES appointments ON DELETE SET NULL,
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (location_id, barber_id) REFERENCES barbers (location_id, id),
  FOREIGN KEY (location_id, service_id) REFERENCES services (location_id, id),
  FOREIGN KEY (location_id, customer_id) REFERENCES customers (location_id, id),
  CONSTRAINT waiting_list_dates CHECK (first_date <= last_date AND last_date < first_date + 62),
  CONSTRAINT waiting_list_window CHECK (not_before < not_after),
  CONSTRAINT waiting_list_offer CHECK (state <> 'offered' OR appointment_id IS NOT NULL)
);

-- Whose turn it is, and lists.
CREATE INDEX waiting_list_by_location ON waiting_list (location_id, id);
CREATE INDEX waiting_list_waiting ON waiting_list (location_id, id) WHERE state = 'waiting';
CREATE INDEX waiting_list_by_customer ON waiting_list (customer_id, id);
CREATE UNIQUE INDEX waiting_list_by_appointment ON waiting_list (appointment_id);

CREATE TRIGGER waiting_list_version
  BEFORE UPDATE ON waiting_list
  FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW)
  EXECUTE FUNCTION raise_version();

CREATE FUNCTION check_waiting_list_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.state, NEW.state) NOT IN (
    ('waiting', 'offered'), ('waiting', 'expired'), ('waiting', 'cancelled'),
    ('offered', 'accepted'), ('offered', 'declined'), ('offered', 'expired'),
    ('offered', 'cancelled')) THEN
    RAISE EXCEPTION 'an entry of the waiting list that is % cannot become %', OLD.state, NEW.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'waiting_list_state_transition';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER waiting_list_check_state
  BEFORE UPDATE OF state ON waiting_list
  FOR EACH ROW WHEN (NEW.state <> OLD.state)
  EXECUTE FUNCTION check_waiting_list_state();

-- An offer goes the way of its hold, whoever ends it: who makes an appointment of it has accepted,
-- and a hold that is over is an offer that is over.
CREATE FUNCTION follow_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    UPDATE waiting_list SET state = 'expired' WHERE appointment_id = OLD.id AND state = 'offered';
    RETURN OLD;
  END IF;
  UPDATE waiting_list SET state = CASE NEW.status WHEN 'expired' THEN 'expired' ELSE 'accepted' END
    WHERE appointment_id = NEW.id AND state = 'offered';
  RETURN NEW;
END
$$;

CREATE TRIGGER appointments_end_offer
  AFTER UPDATE OF status ON appointments
  FOR EACH ROW WHEN (OLD.status = 'held' AND NEW.status <> 'held')
  EXECUTE FUNCTION follow_hold();

CREATE TRIGGER appointments_end_offer_on_delete
  BEFORE DELETE ON appointments
  FOR EACH ROW WHEN (OLD.status = 'held')
  EXECUTE FUNCTION follow_hold();

-- Where time may have become free, whoever freed it: what the service has yet to look at. Rows are
-- only ever added here, so that changes of one location do not wait for one another. No foreign
-- key: a location that goes takes its appointments along, which leave their signals.
CREATE TABLE waiting_list_signals (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  location_id bigint NOT NULL,
  -- Null: any.
  local_date date
);

CREATE INDEX waiting_list_signals_by_location ON waiting_list_signals (location_id, id);

CREATE FUNCTION signal_freed_appointment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO waiting_list_signals (location_id, local_date)
    VALUES (OLD.location_id, OLD.local_date);
  RETURN NULL;
END
$$;

CREATE TRIGGER appointments_signal_freed
  AFTER UPDATE ON appointments
  FOR EACH ROW WHEN (occupies_time(OLD.status) AND (NOT occupies_time(NEW.status)
    OR (OLD.location_id, OLD.barber_id, OLD.busy_from, OLD.busy_until)
      IS DISTINCT FROM (NEW.location_id, NEW.barber_id, NEW.busy_from, NEW.busy_until)))
  EXECUTE FUNCTION signal_freed_appointment();

CREATE TRIGGER appointments_signal_deleted
  AFTER DELETE ON appointments
  FOR EACH ROW WHEN (occupies_time(OLD.status))
  EXECUTE FUNCTION signal_freed_appointment();

CREATE FUNCTION signal_location() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO waiting_list_signals (location_id) VALUES (OLD.location_id);
  END IF;
  IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.location_id <> OLD.location_id) THEN
    INSERT INTO waiting_list_signals (location_id) VALUES (NEW.location_id);
  END IF;
  RETURN NULL;
END
$$;

-- Changes after which there may be more free time, or time for more services.
CREATE TRIGGER working_hours_signal AFTER INSERT OR UPDATE ON working_hours
  FOR EACH ROW EXECUTE FUNCTION signal_location();
CREATE TRIGGER time_off_signal AFTER UPDATE OR DELETE ON time_off
  FOR EACH ROW EXECUTE FUNCTION signal_location();
CREATE TRIGGER blackouts_signal AFTER UPDATE OR DELETE ON blackouts
  FOR EACH ROW EXECUTE FUNCTION signal_location();
CREATE TRIGGER special_days_signal AFTER INSERT OR UPDATE OR DELETE ON special_days
  FOR EACH ROW EXECUTE FUNCTION signal_location();
CREATE TRIGGER barbers_signal AFTER UPDATE ON barbers
  FOR EACH ROW EXECUTE FUNCTION signal_location();
CREATE TRIGGER services_signal AFTER UPDATE ON services
  FOR EACH ROW EXECUTE FUNCTION signal_location();
CREATE TRIGGER barber_services_signal AFTER INSERT OR UPDATE OR DELETE ON barber_services
  FOR EACH ROW EXECUTE FUNCTION signal_location();
CREATE TRIGGER booking_settings_signal AFTER INSERT OR UPDATE OR DELETE ON booking_settings
  FOR EACH ROW EXECUTE FUNCTION signal_location();
-- There may be time already.
CREATE TRIGGER waiting_list_signal AFTER INSERT ON waiting_list
  FOR EACH ROW EXECUTE FUNCTION signal_location();

CREATE FUNCTION signal_changed_zone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO waiting_list_signals (location_id) VALUES (NEW.id);
  RETURN NULL;
END
$$;

CREATE TRIGGER locations_signal AFTER UPDATE OF time_zone ON locations
  FOR EACH ROW WHEN (NEW.time_zone <> OLD.time_zone) EXECUTE FUNCTION signal_changed_zone();

-- Whoever is forgotten waits no longer, and nobody books further for her.
CREATE FUNCTION end_wishes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE appointments SET status = 'expired'
    WHERE status = 'held' AND id IN (
      SELECT appointment_id FROM waiting_list WHERE customer_id = NEW.id AND state = 'offered');
  UPDATE waiting_list SET state = 'cancelled' WHERE customer_id = NEW.id AND state = 'waiting';
  -- Again: the statement before has waited for offers that were just being made, and skipped them.
  UPDATE appointments SET status = 'expired'
    WHERE status = 'held' AND id IN (
      SELECT appointment_id FROM waiting_list WHERE customer_id = NEW.id AND state = 'offered');
  UPDATE series SET cancelled_from = last_date + 1
    WHERE customer_id = NEW.id AND cancelled_from IS NULL;
  RETURN NULL;
END
$$;

CREATE TRIGGER customers_end_wishes
  AFTER UPDATE OF anonymised_at ON customers
  FOR EACH ROW WHEN (OLD.anonymised_at IS NULL AND NEW.anonymised_at IS NOT NULL)
  EXECUTE FUNCTION end_wishes();

-- Messages about offers are to be derived from its changes. It has ids only.
SELECT capture_changes('waiting_list');
