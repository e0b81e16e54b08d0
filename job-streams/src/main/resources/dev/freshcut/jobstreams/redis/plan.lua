-- Makes groups' waiting jobs equal to plans, one after the other.
--
-- ARGV[2] ms for which the stamps count   ARGV[3] most jobs that are cancelled at once
-- ARGV[4..] for each plan: group, stamp, number of jobs, the jobs' arguments, see store.lua
--
-- Result: for each plan: 0 if it was not accepted, 1 if it was, 2 if more of the group's jobs are to
--         be cancelled first: the same call again, beginning with this plan, goes on; jobs
--         cancelled; for each job what store() gives.
--
-- A job that never began and is cancelled for want of a plan may be wanted by a later one: its id is
-- not remembered, its uniqueness key is free, and while it is kept it can be revived.
local room = tonumber(ARGV[3])

-- Cancels a group's jobs that wait and are not wanted; gives how many, and whether there are more.
local function cancel_others(group, wanted)
  local cancelled = 0
  for _, id in ipairs(call('SMEMBERS', PREFIX .. 'group:' .. group)) do
    local job = not wanted[id] and load(id)
    if job and (job.state == 'ready' or job.state == 'scheduled') then
      if room == 0 then
        return cancelled, true
      end
      drop(job)
      cancelled, room = cancelled + 1, room - 1
      if job.started then
        finish_cancelled(job, 'not in a later plan')
      else
        job.remember, job.window = nil, 0
        finish_cancelled(job, 'not in a later plan', 'revivable', '1')
      end
    end
  end
  return cancelled, false
end

-- Moves a job that stays, unless it has begun.
local function keep(job, at, deadline)
  if job.started or (job.state ~= 'ready' and job.state ~= 'scheduled') then
    return
  end
  local known = call('HMGET', job_key(job.id), 'enqueued', 'deadline')
  if deadline == '' and known[2] then
    call('HDEL', job_key(job.id), 'deadline')
  elseif deadline ~= '' and deadline ~= known[2] then
    call('HSET', job_key(job.id), 'deadline', deadline)
  end
  if at == '' then
    at = known[1]
  end
  if tonumber(at) == tonumber(job.due) then
    return
  elseif job.state == 'ready' and tonumber(at) <= now then
    -- It keeps its place.
    call('HSET', job.key, 'due', at)
  else
    drop(job)
    make_waiting(job.id, job.priority, at)
  end
end

-- Gives what is told of the plan whose jobs' arguments are these.
local function make(group, stamp, first, last)
  local plan = 'plan:' .. group
  if remembered(plan) and tonumber(call('HGET', REMEMBERED, plan)) >= tonumber(stamp) then
    return { 0, 0, {} }
  end
  local wanted, answers = {}, {}
  for i = first, last, ARGUMENTS do
    wanted[ARGV[i]] = true
  end
  local cancelled, more = cancel_others(group, wanted)
  if more then
    return { 2, cancelled, {} }
  end
  -- Only now, so that whoever asked can go on until here.
  call('HSET', REMEMBERED, plan, stamp)
  call('ZADD', MEMORY, now + ARGV[2], plan)
  for i = first, last, ARGUMENTS do
    local id = ARGV[i]
    local job = load(id)
    if job and job.revivable then
      forget(id)
      call('ZREM', KEPT.cancelled, id)
      call('ZREM', ENDED, id)
      job = nil
    end
    answers[#answers + 1] = job and '=' or store(i)
    if job then
      keep(job, ARGV[i + 6], ARGV[i + 7])
    end
  end
  return { 1, cancelled, answers }
end

local made, i = {}, 4
while i <= #ARGV do
  local first, after = i + 3, i + 3 + ARGV[i + 2] * ARGUMENTS
  local one = make(ARGV[i], ARGV[i + 1], first, after - 1)
  made[#made + 1] = one
  if one[1] == 2 then
    break
  end
  i = after
end
flush()
return made
