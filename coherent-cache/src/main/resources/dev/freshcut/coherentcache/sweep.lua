-- Sweeps a part of one index.
--
-- KEYS[1] index   KEYS[2] base index of its family and scope
-- ARGV[1] prefix of the entries' keys   ARGV[2] horizon   ARGV[3] cursor
-- ARGV[4] members to visit, about
--
-- Result: next cursor ('0' at the end), members removed, tombstones removed.
--
-- A pattern's tombstone below the horizon goes, but its effect on late fills stays: in the same step
-- the base index's tombstone is raised to it. A base index goes when no load or entry can be left
-- and all that was evicted in it is below the horizon, that is, visible to every later load.
local index, base = KEYS[1], KEYS[2]
local scan = redis.call('ZSCAN', index, ARGV[3], 'COUNT', ARGV[4])
local found, members, tombstones = scan[2], 0, 0
for i = 1, #found, 2 do
  local member = found[i]
  if member ~= '!' and member ~= '?' and tonumber(found[i + 1]) >= 0
      and redis.call('EXISTS', ARGV[1] .. member) == 0 then
    members = members + redis.call('ZREM', index, member)
  end
end
local horizon = tonumber(ARGV[2])
if index ~= base then
  local tombstone = redis.call('ZSCORE', index, '!')
  if tombstone and tonumber(tombstone) < horizon then
    redis.call('ZREM', index, '!')
    tombstones = 1
    redis.call('ZADD', base, 'GT', tombstone, '!')
  end
else
  local now = tonumber(redis.call('TIME')[1])
  redis.call('ZREMRANGEBYSCORE', base, '(' .. -now, '(0')
  local scores = redis.call('ZMSCORE', base, '!', '?')
  local left, highest = redis.call('ZCARD', base), -1
  for i = 1, 2 do
    if scores[i] then
      left = left - 1
      highest = math.max(highest, tonumber(scores[i]))
    end
  end
  if left == 0 and highest < horizon then
    redis.call('DEL', base)
    tombstones = 1
  end
end
return { scan[1], members, tombstones }
