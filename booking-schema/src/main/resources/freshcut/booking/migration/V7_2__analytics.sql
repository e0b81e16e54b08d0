-- What several figures of analytics have in common, said once. See docs/analytics.md.

SELECT capture_changes('payments');

-- First visits, and those that came again.
CREATE INDEX appointments_visits ON appointments (location_id, customer_id, local_date)
  WHERE status = 'completed';

-- Settled payments and refunds by the local date on which they were paid, both dates included.
-- gross and refunded are without tips; tips given back are negative.
CREATE FUNCTION settled_payments(of_location bigint, first date, last date)
  RETURNS TABLE (
    appointment_id bigint, currency text, local_date date, is_payment boolean,
    gross bigint, refunded bigint, tip bigint)
  LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT p.appointment_id, p.currency, (p.paid_at AT TIME ZONE l.time_zone)::date,
    p.kind = 'payment',
    CASE p.kind WHEN 'payment' THEN p.amount_minor - p.tip_minor ELSE 0 END,
    CASE p.kind WHEN 'refund' THEN p.amount_minor - p.tip_minor ELSE 0 END,
    CASE p.kind WHEN 'refund' THEN -p.tip_minor ELSE p.tip_minor END
  FROM payments p JOIN locations l ON l.id = p.location_id
  WHERE p.location_id = of_location AND p.status = 'settled'
    -- No zone is a whole day from UTC: this is for the index, what follows decides.
    AND p.paid_at >= (first - 1)::timestamp AT TIME ZONE 'UTC'
    AND p.paid_at < (last + 2)::timestamp AT TIME ZONE 'UTC'
    AND (p.paid_at AT TIME ZONE l.time_zone)::date BETWEEN first AND last
$$;

-- A time on the wall clock as an instant, by the rule of slots and bookings: where the clock jumps
-- forward over it, the jump; where the clock shows it twice, the first.
CREATE FUNCTION wall_instant(wall timestamp, zone text) RETURNS timestamptz
  LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  utc timestamptz := wall AT TIME ZONE 'UTC';
  -- No zone is further from UTC than 15 h, so that these are before and after any change.
  early timestamptz := utc - interval '16 hours';
  late timestamptz := utc + interval '16 hours';
  offset_before interval := (early AT TIME ZONE zone) - (early AT TIME ZONE 'UTC');
  offset_after interval := (late AT TIME ZONE zone) - (late AT TIME ZONE 'UTC');
  by_before timestamptz := utc - offset_before;
  by_after timestamptz := utc - offset_after;
  middle timestamptz;
BEGIN
  IF offset_before = offset_after OR by_before AT TIME ZONE zone = wall THEN
    RETURN by_before;
  END IF;
  IF by_after AT TIME ZONE zone = wall THEN
    RETURN by_after;
  END IF;
  -- The jump lies between the two.
  WHILE by_before - by_after > interval '1 second' LOOP
    middle := to_timestamp(
      floor((extract(epoch FROM by_after) + extract(epoch FROM by_before)) / 2)::float8);
    IF (middle AT TIME ZONE zone) - (middle AT TIME ZONE 'UTC') = offset_before THEN
      by_after := middle;
    ELSE
      by_before := middle;
    END IF;
  END LOOP;
  RETURN by_before;
END
$$;

-- The seconds in some stretches of time.
CREATE FUNCTION seconds_of(stretches tstzmultirange) RETURNS bigint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(sum(extract(epoch FROM upper(s)) - extract(epoch FROM lower(s))), 0)::bigint
  FROM unnest(stretches) AS s
$$;

-- When the active barbers of a location work, by the hours that it has now: working hours, within
-- those of a special day, without time off and blackouts. And how much of that is booked.
CREATE FUNCTION working_time(of_location bigint, first date, last date)
  RETURNS TABLE (barber_id bigint, local_date date, working bigint, booked bigint)
  LANGUAGE sql STABLE AS $$
  WITH hours AS MATERIALIZED (
    SELECT DISTINCT b.id AS barber_id, day.date AS local_date,
      greatest(w.opens_at, s.opens_at) AS opens_at, least(w.closes_at, s.closes_at) AS closes_at
    FROM barbers b
      JOIN working_hours w ON w.location_id = b.location_id AND w.barber_id = b.id
      JOIN (SELECT first + n AS date FROM generate_series(0, last - first) AS n) AS day
        ON extract(isodow FROM day.date) = w.weekday
      LEFT JOIN special_days s ON s.location_id = b.location_id AND s.local_date = day.date
    WHERE b.location_id = of_location AND b.active
      AND (s.id IS NULL OR greatest(w.opens_at, s.opens_at) < least(w.closes_at, s.closes_at)
        AND s.opens_at IS NOT NULL)
  ), bounds AS MATERIALIZED (
    SELECT each.local_date, each.at, wall_instant(each.local_date + each.at, l.time_zone) AS instant
    FROM (SELECT local_date, opens_at AS at FROM hours UNION SELECT local_date, closes_at FROM hours)
        AS each,
      locations l
    WHERE l.id = of_location
  ), stretches AS (
    SELECT h.barber_id, h.local_date, range_agg(tstzrange(o.instant, c.instant)) AS times
    FROM hours h
      JOIN bounds o ON o.local_date = h.local_date AND o.at = h.opens_at
      JOIN bounds c ON c.local_date = h.local_date AND c.at = h.closes_at
    GROUP BY h.barber_id, h.local_date
  ), absences AS MATERIALIZED (
    SELECT t.barber_id, range_agg(tstzrange(t.starts_at, t.ends_at)) AS times
    FROM (
      SELECT barber_id, starts_at, ends_at FROM time_off WHERE location_id = of_location
      UNION ALL
      SELECT b.id, k.starts_at, k.ends_at FROM blackouts k JOIN barbers b USING (location_id)
      WHERE location_id = of_location) AS t
    WHERE t.ends_at > (first - 1)::timestamp AT TIME ZONE 'UTC'
      AND t.starts_at < (last + 2)::timestamp AT TIME ZONE 'UTC'
    GROUP BY t.barber_id
  ), taken AS MATERIALIZED (
    SELECT barber_id, local_date, range_agg(tstzrange(starts_at, ends_at)) AS times
    FROM appointments
    WHERE location_id = of_location AND local_date BETWEEN first AND last
      AND status IN ('pending', 'confirmed', 'completed')
    GROUP BY barber_id, local_date
  ), net AS (
    SELECT s.barber_id, s.local_date, s.times - coalesce(a.times, '{}') AS times
    FROM stretches s LEFT JOIN absences a ON a.barber_id = s.barber_id
  )
  SELECT n.barber_id, n.local_date, seconds_of(n.times),
    seconds_of(n.times * coalesce(t.times, '{}'))
  FROM net n LEFT JOIN taken t ON t.barber_id = n.barber_id AND t.local_date = n.local_date
$$;
