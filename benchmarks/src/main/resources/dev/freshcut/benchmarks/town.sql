-- town.shops shops, whose appointments begin on the date town.first. Every town gets the same.
SELECT setseed(0.20261121);

WITH shop AS (
  INSERT INTO locations (name, time_zone)
    SELECT 'Shop ' || n, 'Europe/Paris'
      FROM generate_series(1, current_setting('town.shops')::integer) n
    RETURNING id
), settings AS (
  INSERT INTO booking_settings
      (location_id, slot_step_minutes, minimum_notice_minutes, horizon_days)
    SELECT id, 15, 0, 90 FROM shop
), customer AS (
  INSERT INTO customers (location_id, name, email)
    SELECT id, 'Customer', 'customer@example.org' FROM shop
), service AS (
  INSERT INTO services
      (location_id, name, duration_minutes, buffer_after_minutes, price_minor, currency)
    SELECT id, 'Service ' || n, 15 + 15 * n, 5, 1500 * n, 'EUR'
      FROM shop, generate_series(1, 5) n
), open AS (
  INSERT INTO business_hours (location_id, weekday, opens_at, closes_at)
    SELECT id, weekday, '09:00', '18:00' FROM shop, generate_series(1, 7) weekday
), barber AS (
  INSERT INTO barbers (location_id, name)
    SELECT id, 'Barber ' || n FROM shop, generate_series(1, 6) n
    RETURNING id, location_id
)
INSERT INTO working_hours (location_id, barber_id, weekday, opens_at, closes_at)
  SELECT location_id, id, weekday, opens_at, closes_at
    FROM barber,
      generate_series(1, 7) weekday,
      (VALUES (time '09:00', time '12:30'), ('13:00', '18:00')) hours (opens_at, closes_at);

INSERT INTO appointments (location_id, barber_id, service_id, customer_id, starts_at)
  SELECT barbers.location_id, barbers.id, service.id, customer.id,
      (current_setting('town.first')::date + day + make_time(hour, 0, 0))
        AT TIME ZONE 'Europe/Paris'
    FROM barbers
    JOIN LATERAL (
      SELECT id FROM services WHERE location_id = barbers.location_id ORDER BY id LIMIT 1
    ) service ON true
    JOIN LATERAL (
      SELECT id FROM customers WHERE location_id = barbers.location_id LIMIT 1
    ) customer ON true,
    generate_series(0, 13) day,
    unnest(ARRAY[9, 10, 11, 13, 14, 15, 16, 17]) hour
    WHERE barbers.location_id > (
        SELECT max(id) - current_setting('town.shops')::integer FROM locations)
      AND random() < 0.5;
