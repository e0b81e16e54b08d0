-- Makes a scheduled job ready.
--
-- ARGV[2] id
--
-- Result: whether it was scheduled.
local job = load(ARGV[2])
if not job or job.state ~= 'scheduled' then
  return 0
end
drop(job)
event(job, 'run now', '')
make_ready(job.id, job.priority, 'due', now)
return 1
