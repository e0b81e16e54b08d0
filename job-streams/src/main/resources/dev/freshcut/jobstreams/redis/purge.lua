-- Removes the oldest dead jobs.
--
-- ARGV[2] ms before which they died   ARGV[3] most jobs
--
-- Result: how many.
even_if_full()
local purged = 0
for _, entry in ipairs(call('XRANGE', DEAD, '-', '+', 'COUNT', ARGV[3])) do
  if tonumber(entry[2][4]) >= tonumber(ARGV[2]) then
    break
  end
  forget(entry[2][2])
  call('XDEL', DEAD, entry[1])
  purged = purged + 1
end
return purged
