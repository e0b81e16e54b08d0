-- Moves a recurring schedule on and enqueues its job.
--
-- ARGV[2] name   ARGV[3] ms of the firing   ARGV[4] ms of the next   ARGV[5..] the job, see store.lua
--
-- Result: whether the schedule was at this firing.
local due = call('ZSCORE', SCHEDULES, ARGV[2])
if not due or tonumber(due) ~= tonumber(ARGV[3]) then
  return 0
end
call('ZADD', SCHEDULES, ARGV[4], ARGV[2])
store(5)
flush()
return 1
