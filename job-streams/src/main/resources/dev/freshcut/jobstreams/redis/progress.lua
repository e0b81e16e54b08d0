-- Notes how far jobs are.
--
-- ARGV[2..] four for each: id, entry, percent, note
even_if_full()
for i = 2, #ARGV, 4 do
  local job = call('HMGET', job_key(ARGV[i]), 'state', 'entry')
  if job[1] == 'running' and job[2] == ARGV[i + 1] then
    call('HSET', job_key(ARGV[i]), 'percent', ARGV[i + 2], 'note', ARGV[i + 3])
  end
end
return 0
