-- Payments: what was taken for an appointment, and what of it was given back. Every payment belongs
-- to an appointment, by which it has its price, currency, service, barber and customer; a customer
-- without a booking gets an appointment first. Captured, and therefore without personal data.

CREATE TABLE payments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  location_id bigint NOT NULL REFERENCES locations ON DELETE CASCADE,
  appointment_id bigint NOT NULL,
  kind text NOT NULL DEFAULT 'payment' CHECK (kind IN ('payment', 'refund')),
  -- The payment of the same appointment that a refund gives back.
  refund_of bigint,
  method text NOT NULL CHECK (method IN ('cash', 'card', 'online', 'transfer')),
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'settled', 'failed')),
  -- All that changed hands, in the currency's minor unit. The tip is a part of it.
  amount_minor bigint NOT NULL CHECK (amount_minor BETWEEN 1 AND 1000000000),
  tip_minor bigint NOT NULL DEFAULT 0,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  -- When it was settled; set by a trigger if whoever settles it does not say.
  paid_at timestamptz,
  -- The user who recorded it. No foreign key: the payment outlives the user.
  created_by bigint,
  created_at timestamptz NOT NULL DEFAULT now(),
  version bigint NOT NULL DEFAULT 1,
  FOREIGN KEY (location_id, appointment_id) REFERENCES appointments (location_id, id),
  UNIQUE (appointment_id, id),
  FOREIGN KEY (appointment_id, refund_of) REFERENCES payments (appointment_id, id),
  CONSTRAINT payments_tip CHECK (tip_minor BETWEEN 0 AND amount_minor),
  CONSTRAINT payments_refund_of CHECK ((refund_of IS NOT NULL) = (kind = 'refund')),
  CONSTRAINT payments_paid_at CHECK ((paid_at IS NOT NULL) = (status = 'settled'))
);

-- The list of a location's payments, in its order.
CREATE INDEX payments_by_time ON payments (location_id, coalesce(paid_at, created_at), id);

-- What figures are made of, with all that they take of a row: some are of everything ever paid.
CREATE INDEX payments_settled ON payments (location_id, paid_at)
  INCLUDE (appointment_id, kind, amount_minor, tip_minor, currency) WHERE status = 'settled';

CREATE INDEX payments_refunds ON payments (refund_of) WHERE refund_of IS NOT NULL;

-- What may not be exceeded is decided while the appointment is locked, so that two who pay or refund
-- at once wait for each other, and the second sees what the first has written.
CREATE FUNCTION check_payment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  agreed record;
  refunded payments;
  total record;
  unsaid boolean;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.status <> 'pending' OR NEW.status = 'pending' AND NEW IS DISTINCT FROM OLD THEN
      RAISE EXCEPTION 'a payment that is % does not change', OLD.status
        USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_status_transition',
          HINT = 'give a settled payment back by a refund';
    END IF;
    IF (NEW.location_id, NEW.appointment_id, NEW.kind, NEW.refund_of, NEW.method, NEW.amount_minor,
        NEW.tip_minor, NEW.currency, NEW.created_by, NEW.created_at)
      IS DISTINCT FROM (OLD.location_id, OLD.appointment_id, OLD.kind, OLD.refund_of, OLD.method,
        OLD.amount_minor, OLD.tip_minor, OLD.currency, OLD.created_by, OLD.created_at) THEN
      RAISE EXCEPTION 'a pending payment is settled or fails, and nothing else of it changes'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_fixed';
    END IF;
  END IF;
  unsaid := NEW.status = 'settled' AND NEW.paid_at IS NULL;
  IF unsaid THEN
    NEW.paid_at := clock_timestamp();
  END IF;
  IF NEW.status = 'failed' THEN
    RETURN NEW;
  END IF;

  SELECT price_minor, currency, status INTO agreed
    FROM appointments WHERE id = NEW.appointment_id FOR NO KEY UPDATE;
  IF agreed.status IN ('held', 'expired') THEN
    RAISE EXCEPTION 'nothing is paid for a hold'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_no_hold';
  END IF;
  IF NEW.currency <> agreed.currency THEN
    RAISE EXCEPTION 'the appointment''s currency is %, not %', agreed.currency, NEW.currency
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_currency';
  END IF;

  IF NEW.kind = 'payment' THEN
    SELECT coalesce(sum(CASE
        WHEN kind = 'payment' THEN amount_minor - tip_minor
        WHEN status = 'settled' THEN tip_minor - amount_minor
        ELSE 0 END), 0) AS amount INTO total
      FROM payments
      WHERE appointment_id = NEW.appointment_id AND status <> 'failed' AND id <> NEW.id;
    IF total.amount + NEW.amount_minor - NEW.tip_minor > agreed.price_minor THEN
      RAISE EXCEPTION 'more would be paid than the price of % and tips', agreed.price_minor
        USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_price';
    END IF;
    RETURN NEW;
  END IF;

  SELECT * INTO refunded FROM payments
    WHERE id = NEW.refund_of AND appointment_id = NEW.appointment_id;
  IF refunded.kind <> 'payment' OR refunded.status <> 'settled' THEN
    RAISE EXCEPTION 'only settled payments are refunded'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_refundable';
  END IF;
  -- Who said when it was paid may have had a clock that is ahead of this one.
  IF unsaid THEN
    NEW.paid_at := greatest(NEW.paid_at, refunded.paid_at);
  END IF;
  IF NEW.paid_at < refunded.paid_at THEN
    RAISE EXCEPTION 'given back at %, before it was paid at %', NEW.paid_at, refunded.paid_at
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_refund_after';
  END IF;
  SELECT coalesce(sum(amount_minor - tip_minor), 0) AS amount, coalesce(sum(tip_minor), 0) AS tip
    INTO total
    FROM payments WHERE refund_of = NEW.refund_of AND status <> 'failed' AND id <> NEW.id;
  IF total.amount + NEW.amount_minor - NEW.tip_minor > refunded.amount_minor - refunded.tip_minor
     OR total.tip + NEW.tip_minor > refunded.tip_minor THEN
    RAISE EXCEPTION 'more would be given back than was paid'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_refunds';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER payments_check
  BEFORE INSERT OR UPDATE ON payments
  FOR EACH ROW EXECUTE FUNCTION check_payment();

CREATE TRIGGER payments_version
  BEFORE UPDATE ON payments
  FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW)
  EXECUTE FUNCTION raise_version();

-- Payments go with their location only: then the trigger is inside that of the foreign key.
CREATE FUNCTION keep_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION 'payments are refunded, not deleted'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_stay';
  END IF;
  RETURN OLD;
END
$$;

CREATE TRIGGER payments_keep
  BEFORE DELETE ON payments
  FOR EACH ROW EXECUTE FUNCTION keep_payment();

-- The same bounds from the other side: a price that was paid cannot fall below what was paid.
CREATE FUNCTION keep_price_of_payments() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  paid bigint;
BEGIN
  SELECT sum(CASE
      WHEN kind = 'payment' THEN amount_minor - tip_minor
      WHEN status = 'settled' THEN tip_minor - amount_minor
      ELSE 0 END) INTO paid
    FROM payments WHERE appointment_id = NEW.id AND status <> 'failed';
  IF paid > NEW.price_minor OR paid IS NOT NULL AND NEW.currency <> OLD.currency THEN
    RAISE EXCEPTION 'the appointment has payments of % %', paid, OLD.currency
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appointments_paid';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER appointments_keep_price
  BEFORE UPDATE OF price_minor, currency ON appointments
  FOR EACH ROW WHEN (NEW.price_minor <> OLD.price_minor OR NEW.currency <> OLD.currency)
  EXECUTE FUNCTION keep_price_of_payments();
