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
  local job = load(entry[2][2])
  if job and job.state == 'dead' and job.entry == entry[1] then
    forget(job.id)
  end
  call('XDEL', DEAD, entry[1])
  purged = purged + 1
end
return purged
