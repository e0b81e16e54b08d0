-- Cancels some of a group's jobs.
--
-- ARGV[2] reason   ARGV[3] group   ARGV[4] cursor, '0' at first   ARGV[5] jobs to visit, about
--
-- Result: next cursor, '0' at the end; jobs cancelled or asked to end.
even_if_full()
local members = call('SSCAN', PREFIX .. 'group:' .. ARGV[3], ARGV[4], 'COUNT', ARGV[5])
local n = 0
for _, id in ipairs(members[2]) do
  local answer = cancel(id, ARGV[2])
  if answer == 1 or answer == 2 then
    n = n + 1
  end
end
flush()
return { members[1], n }
