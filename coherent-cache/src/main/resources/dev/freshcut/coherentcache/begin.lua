-- Announces that a loader is about to read the database for an entry.
--
-- KEYS[1] entry   KEYS[2] lease   KEYS[3] base index of the entry's family and scope
-- ARGV[1] claimant, unique to this load
-- ARGV[2] lease in ms
-- ARGV[3] an existing entry will do if its floor is above this; inf if none will do
-- ARGV[4] '#' and the fingerprint of the caller's cache model
-- ARGV[5] seconds for which this load may live from now
--
-- Result: the entry, as a string, if one will do;
--         0 if the lease is granted, or was to this claimant already; else the ms that another claimant's lease has left, at least 1.
--
-- The base index is registered before the caller reads its snapshot: an eviction of every scope
-- therefore finds this scope. Evictions that came before this model's first load here (reserved
-- member '?') may have had reason to skip indexes that only this model knows; the base index's
-- tombstone takes their place.
local entry = redis.call('GET', KEYS[1])
if entry and #entry >= 10 and string.byte(entry) == 1
    and struct.unpack('>I8', string.sub(entry, 3, 10)) > tonumber(ARGV[3]) then
  return entry
end
local now = tonumber(redis.call('TIME')[1])
local model = ARGV[4]
if not redis.call('ZSCORE', KEYS[3], model) then
  redis.call('ZADD', KEYS[3], 'GT', redis.call('ZSCORE', KEYS[3], '?') or '0', '!')
end
redis.call('ZADD', KEYS[3], 'LT', -(now + tonumber(ARGV[5])), model)
if redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2])
    or redis.call('GET', KEYS[2]) == ARGV[1] then
  return 0
end
return math.max(1, redis.call('PTTL', KEYS[2]))
