-- Stores an entry, unless an eviction or a newer entry forbids it.
--
-- KEYS[1] entry   KEYS[2] lease   KEYS[3] base index   KEYS[4..] the entry's other indexes
-- ARGV[1] claimant   ARGV[2] floor   ARGV[3] TTL in ms   ARGV[4] member   ARGV[5] value
-- ARGV[6] '#' and the fingerprint of the caller's cache model
-- ARGV[7] seconds for which the entry, or a load that began before it, may live from now
--
-- Result: 0 stored; 1 refused, evicted since; 2 refused, a newer entry is there;
--         3 refused, the load was not announced, or Redis has forgotten it.
--
-- The announcement must outlive the entry. It is prolonged by a minute more than needed, so that
-- most fills need not.
local call = redis.call
local base = KEYS[3]
if call('GET', KEYS[2]) == ARGV[1] then
  call('DEL', KEYS[2])
end
local floor = tonumber(ARGV[2])
local known = call('ZMSCORE', base, ARGV[6], '!')
local announced, tombstone = known[1], known[2]
if not announced then
  return 3
end
if tombstone and tonumber(tombstone) >= floor then
  return 1
end
for i = 4, #KEYS do
  tombstone = call('ZSCORE', KEYS[i], '!')
  if tombstone and tonumber(tombstone) >= floor then
    return 1
  end
end
local present = call('GETRANGE', KEYS[1], 0, 9)
if #present == 10 and string.byte(present) == 1
    and struct.unpack('>I8', string.sub(present, 3)) > floor then
  return 2
end
call('SET', KEYS[1], ARGV[5], 'PX', ARGV[3])
local needed = call('TIME')[1] + ARGV[7]
if -announced < needed then
  call('ZADD', base, -(needed + 60), ARGV[6])
end
for i = 3, #KEYS do
  call('ZADD', KEYS[i], ARGV[2], ARGV[4])
end
return 0
