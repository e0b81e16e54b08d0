-- Moves a recurring schedule on and enqueues its job.
--
-- ARGV[2] name   ARGV[3] definition   ARGV[4] ms of the firing   ARGV[5] ms of the next
-- ARGV[6..] the job, see store.lua
--
-- Result: what store() gives; nothing if the schedule is not at this firing, or is another by now.
local due = call('ZSCORE', SCHEDULES, ARGV[2])
if not due or tonumber(due) ~= tonumber(ARGV[4]) or call('HGET', DEFINITIONS, ARGV[2]) ~= ARGV[3] then
  return {}
end
call('ZADD', SCHEDULES, ARGV[5], ARGV[2])
local answer = store(6)
flush()
return { answer }
