-- Makes a group's waiting jobs equal to a plan.
--
-- ARGV[2] group   ARGV[3] stamp   ARGV[4] ms for which the stamp counts
-- ARGV[5..] the jobs' arguments, see store.lua
--
-- Result: whether it was accepted; jobs stored, cancelled, kept.
--
-- A job that never began and is cancelled for want of a plan may be wanted by a later one: its id is
-- not remembered, and while it is kept it can be revived.
local plan, stamp = 'plan:' .. ARGV[2], ARGV[3]
if remembered(plan) and tonumber(call('HGET', REMEMBERED, plan)) >= tonumber(stamp) then
  return { 0, 0, 0, 0 }
end
call('HSET', REMEMBERED, plan, stamp)
call('ZADD', MEMORY, now + ARGV[4], plan)

local wanted, stored, cancelled, kept = {}, 0, 0, 0
for i = 5, #ARGV, ARGUMENTS do
  wanted[ARGV[i]] = true
end
for _, id in ipairs(call('SMEMBERS', PREFIX .. 'group:' .. ARGV[2])) do
  local job = not wanted[id] and load(id)
  if job and (job.state == 'ready' or job.state == 'scheduled') then
    drop(job)
    cancelled = cancelled + 1
    if job.started then
      finish_cancelled(job, 'not in a later plan')
    else
      job.remember = nil
      finish_cancelled(job, 'not in a later plan', 'revivable', '1')
    end
  end
end

for i = 5, #ARGV, ARGUMENTS do
  local id, at = ARGV[i], ARGV[i + 6]
  local job = load(id)
  if job and job.revivable then
    forget(id)
    call('ZREM', KEPT.cancelled, id)
    call('ZREM', ENDED, id)
    job = nil
  end
  if not job and store(i) == '' then
    stored = stored + 1
  else
    kept = kept + 1
  end
  if job and not job.started and (job.state == 'ready' or job.state == 'scheduled') then
    if at == '' then
      at = call('HGET', job_key(id), 'enqueued')
    end
    if tonumber(at) ~= tonumber(job.due) then
      drop(job)
      make_waiting(id, job.priority, at)
    end
  end
end
flush()
return { 1, stored, cancelled, kept }
