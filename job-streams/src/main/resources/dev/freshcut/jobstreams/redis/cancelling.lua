-- Cancels jobs on request; put before the scripts that do.

-- Gives 0 for an unknown job, 1 if it waited and is cancelled, 2 if it runs and is asked to end,
-- 3 if it has ended.
local function cancel(id, reason)
  local job = load(id)
  if not job then
    return 0
  elseif job.state == 'ready' or job.state == 'scheduled' then
    drop(job)
    finish_cancelled(job, reason)
    return 1
  elseif job.state == 'running' then
    if not job.cancel then
      call('SADD', CANCELS, id)
      call('HSET', job.key, 'cancel', reason)
      event(job, 'cancel asked', reason)
    end
    return 2
  end
  return 3
end
