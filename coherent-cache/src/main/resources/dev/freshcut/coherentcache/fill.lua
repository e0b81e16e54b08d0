-- Stores an entry, unless an eviction or a newer entry forbids it.
--
-- KEYS[1] entry   KEYS[2] lease   KEYS[3] base index   KEYS[4..] the entry's other indexes
-- ARGV[1] claimant   ARGV[2] floor   ARGV[3] TTL in ms   ARGV[4] member   ARGV[5] value
-- ARGV[6] fingerprint of the caller's cache model
--
-- Result: 0 stored; 1 refused, evicted since; 2 refused, a newer entry is there;
--         3 refused, the load was not announced, or Redis has forgotten it.
if redis.call('GET', KEYS[2]) == ARGV[1] then
  redis.call('DEL', KEYS[2])
end
if not redis.call('ZSCORE', KEYS[3], '#' .. ARGV[6]) then
  return 3
end
local floor = tonumber(ARGV[2])
for i = 3, #KEYS do
  local tombstone = redis.call('ZSCORE', KEYS[i], '!')
  if tombstone and tonumber(tombstone) >= floor then
    return 1
  end
end
local present = redis.call('GETRANGE', KEYS[1], 0, 9)
if #present == 10 and string.byte(present) == 1
    and struct.unpack('>I8', string.sub(present, 3)) > floor then
  return 2
end
redis.call('SET', KEYS[1], ARGV[5], 'PX', ARGV[3])
for i = 3, #KEYS do
  redis.call('ZADD', KEYS[i], ARGV[2], ARGV[4])
end
return 0
