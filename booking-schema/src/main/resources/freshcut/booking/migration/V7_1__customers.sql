-- Customers in the hands of staff: versions for changes, searches by prefix, and forgetting.

ALTER TABLE customers
  ADD COLUMN created_at timestamptz NOT NULL DEFAULT now(),
  -- When name and addresses were replaced; appointments and payments stay, as money must stay true.
  ADD COLUMN anonymised_at timestamptz,
  ADD COLUMN version bigint NOT NULL DEFAULT 1,
  ADD CONSTRAINT customers_anonymised CHECK (
    anonymised_at IS NULL OR (user_id IS NULL AND phone IS NULL));

-- Who is anonymised has an address of nobody, which is neither in another's way nor booked for.
DROP INDEX customers_by_email;
CREATE UNIQUE INDEX customers_by_email ON customers (location_id, lower(email))
  WHERE user_id IS NULL AND anonymised_at IS NULL;

CREATE TRIGGER customers_version
  BEFORE UPDATE ON customers
  FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW)
  EXECUTE FUNCTION raise_version();

-- The digits of a phone number, however it is written.
CREATE FUNCTION phone_digits(phone text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN regexp_replace(phone, '[^0-9]', '', 'g');

CREATE INDEX customers_by_name ON customers (location_id, lower(name) text_pattern_ops);
CREATE INDEX customers_by_email_prefix ON customers (location_id, lower(email) text_pattern_ops);
CREATE INDEX customers_by_phone ON customers (location_id, phone_digits(phone) text_pattern_ops);
