-- Stores an entry, unless an eviction or a newer entry forbids it.
--
-- KEYS[1] entry   KEYS[2] lease   KEYS[3] base index   KEYS[4..] the entry's other indexes
-- ARGV[1] claimant   ARGV[2] floor   ARGV[3] TTL in ms   ARGV[4] member   ARGV[5] value
--
-- Result: 0 stored; 1 refused, evicted since; 2 refused, a newer entry was stored;
--         3 refused, the base index is not registered.
if redis.call('GET', KEYS[2]) == ARGV[1] then
  redis.call('DEL', KEYS[2])
end
local floor = tonumber(ARGV[2])
for i = 3, #KEYS do
  local scores = redis.call('ZMSCORE', KEYS[i], '!', ARGV[4])
  if scores[1] then
    if tonumber(scores[1]) >= floor then
      return 1
    end
  elseif i == 3 then
    return 3
  end
  if scores[2] and tonumber(scores[2]) > floor then
    return 2
  end
end
redis.call('SET', KEYS[1], ARGV[5], 'PX', ARGV[3])
for i = 3, #KEYS do
  redis.call('ZADD', KEYS[i], ARGV[2], ARGV[4])
end
return 0
