-- Makes a group's waiting jobs equal to a plan.
--
-- ARGV[2] group   ARGV[3] stamp   ARGV[4] ms for which the stamp counts
-- ARGV[5] most jobs that are cancelled at once
-- ARGV[6..] the jobs' arguments, see store.lua
--
-- Result: 0 if it was not accepted, 1 if it was, 2 if more of the group's jobs are to be cancelled
--         first: the same call again goes on; jobs cancelled; for each job what store() gives.
--
-- A job that never began and is cancelled for want of a plan may be wanted by a later one: its id is
-- not remembered, and while it is kept it can be revived.
local plan, stamp = 'plan:' .. ARGV[2], ARGV[3]
if remembered(plan) and tonumber(call('HGET', REMEMBERED, plan)) >= tonumber(stamp) then
  return { 0, 0, {} }
end
local wanted, cancelled, answers = {}, 0, {}
for i = 6, #ARGV, ARGUMENTS do
  wanted[ARGV[i]] = true
end
for _, id in ipairs(call('SMEMBERS', PREFIX .. 'group:' .. ARGV[2])) do
  local job = not wanted[id] and load(id)
  if job and (job.state == 'ready' or job.state == 'scheduled') then
    if cancelled == tonumber(ARGV[5]) then
      flush()
      return { 2, cancelled, {} }
    end
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

-- Only now, so that whoever asked can go on until here.
call('HSET', REMEMBERED, plan, stamp)
call('ZADD', MEMORY, now + ARGV[4], plan)
for i = 6, #ARGV, ARGUMENTS do
  local id, at = ARGV[i], ARGV[i + 6]
  local job = load(id)
  if job and job.revivable then
    forget(id)
    call('ZREM', KEPT.cancelled, id)
    call('ZREM', ENDED, id)
    job = nil
  end
  answers[#answers + 1] = job and '=' or store(i)
  if job and not job.started and (job.state == 'ready' or job.state == 'scheduled') then
    local known = call('HMGET', job_key(id), 'enqueued', 'deadline')
    local deadline = ARGV[i + 7]
    if deadline == '' and known[2] then
      call('HDEL', job_key(id), 'deadline')
    elseif deadline ~= '' and deadline ~= known[2] then
      call('HSET', job_key(id), 'deadline', deadline)
    end
    if at == '' then
      at = known[1]
    end
    if tonumber(at) ~= tonumber(job.due) then
      drop(job)
      make_waiting(id, job.priority, at)
    end
  end
end
flush()
return { 1, cancelled, answers }
