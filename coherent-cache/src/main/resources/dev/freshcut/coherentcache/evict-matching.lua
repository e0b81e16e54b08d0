-- Evicts a pattern whose index the entries' writer may not have known, from the base index.
--
-- KEYS[1] base index
-- ARGV[1] prefix of the entries' keys   ARGV[2] transaction id
-- ARGV[3] Lua pattern that the members must match   ARGV[4] separators in members of this model
-- ARGV[5] cursor   ARGV[6] members to visit, about
--
-- Result: next cursor ('0' at the end), entries removed.
--
-- Members of another form belong to another template of the same name, and go too. The base index's
-- tombstone goes up: fills of the whole scope from before the transaction are refused.
redis.call('ZADD', KEYS[1], 'GT', ARGV[2], '!')
local xid, separators = tonumber(ARGV[2]), tonumber(ARGV[4])
local scan = redis.call('ZSCAN', KEYS[1], ARGV[5], 'COUNT', ARGV[6])
local found, removed = scan[2], 0
for i = 1, #found, 2 do
  local member, floor = found[i], tonumber(found[i + 1])
  if floor >= 0 and member ~= '!' and member ~= '?' and floor <= xid then
    local _, count = string.gsub(member, ':', '')
    if count ~= separators or string.find(member, ARGV[3]) then
      removed = removed + redis.call('UNLINK', ARGV[1] .. member)
      redis.call('ZREM', KEYS[1], member)
    end
  end
end
return { scan[1], removed }
