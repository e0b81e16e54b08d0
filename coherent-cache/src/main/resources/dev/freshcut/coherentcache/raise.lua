-- Raises a number in a hash.
-- KEYS[1] hash   ARGV[1] field   ARGV[2] number   Result: 1 if it was lower or absent, else 0.
local old = redis.call('HGET', KEYS[1], ARGV[1])
if old and tonumber(old) >= tonumber(ARGV[2]) then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
