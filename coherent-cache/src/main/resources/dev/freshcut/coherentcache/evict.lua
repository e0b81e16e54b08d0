-- Evicts patterns of one family in one scope.
--
-- KEYS[1] base index   KEYS[2..] the index of each pattern (the base index itself is allowed)
-- ARGV[1] prefix of the entries' keys   ARGV[2] fingerprint of the caller's cache model
-- ARGV[3] entries to remove at most
-- ARGV[4..] the transaction id of each pattern
--
-- Result: empty if no load or entry can be in this scope; else a list:
--   1 if another model's entries may be in the scope, else 0; then two numbers for each pattern:
--   the entries removed, and 1 if there may be more to remove, else 0.
--
-- The tombstone goes up first, so that a pattern of many entries may be removed in several calls.
-- The highest transaction of all patterns is kept in the base index ('?') even where nothing is
-- cached: the transaction may be committed and not visible yet (it waits for a standby), and a
-- loader that comes now would read, and store, what it has replaced.
local base = KEYS[1]
for i = 2, #KEYS do
  redis.call('ZADD', base, 'GT', ARGV[i + 2], '?')
end
local models = redis.call('ZRANGEBYSCORE', base, '-inf', '(0')
if #models == 0 then
  return {}
end
local reply = { 0 }
for _, model in ipairs(models) do
  if model ~= '#' .. ARGV[2] then
    reply[1] = 1
  end
end
local left = tonumber(ARGV[3])
for i = 2, #KEYS do
  local index, xid = KEYS[i], ARGV[i + 2]
  redis.call('ZADD', index, 'GT', xid, '!')
  local entries, gone = {}, {}
  if left > 0 then
    for _, member in ipairs(redis.call('ZRANGEBYSCORE', index, '0', xid, 'LIMIT', 0, left + 2)) do
      if member ~= '!' and member ~= '?' and #gone < left then
        gone[#gone + 1] = member
        entries[#entries + 1] = ARGV[1] .. member
      end
    end
  end
  local removed = 0
  if #gone > 0 then
    removed = redis.call('UNLINK', unpack(entries))
    redis.call('ZREM', index, unpack(gone))
  end
  reply[#reply + 1] = removed
  left = left - #gone
  reply[#reply + 1] = left == 0 and 1 or 0
end
return reply
