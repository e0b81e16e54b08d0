-- Ends attempts.
--
-- ARGV[2] worker
-- ARGV[3..] five for each: id, entry, verdict, text, more
--   done: result or '', reason why it was skipped or ''   dead, cancelled: reason, ''
--   retry, release, postpone: reason, ms to wait
--   hold: as release, and the queue begins nothing until then
--   unknown: as release, because the worker does not know the job's kind
--
-- Result: for each whether it was the job's latest attempt; if not, nothing was done.
even_if_full()
local worker = ARGV[2]

local function retry(job, reason, wait)
  if not job.cancel then
    count('retried')
  end
  event(job, 'failed', reason)
  wait_again(job, now + wait, 'reason', reason)
end

local function back(job, how, reason, wait, ...)
  if not job.cancel then
    count(how)
  end
  event(job, how, reason)
  give_back(job, now + wait, 'reason', reason, ...)
end

local function release(job, reason, wait, ...)
  back(job, 'released', reason, wait, ...)
end

local verdicts = {
  done = function(job, result, skipped)
    local fields = {}
    if job.tied and job.retain then
      fields = { 'result', result, 'reason', skipped }
    end
    finish(job, 'done', unpack(fields))
  end,
  dead = function(job, reason)
    die(job, reason)
  end,
  cancelled = function(job, reason)
    finish_cancelled(job, reason)
  end,
  retry = retry,
  release = release,
  postpone = function(job, reason, wait)
    back(job, 'postponed', reason, wait)
  end,
  unknown = function(job, reason, wait)
    release(job, reason, wait, 'unknown', job.unknown or now)
  end,
  hold = function(job, reason, wait)
    local held = call('HGET', CONFIG, 'held')
    if not held or tonumber(held) < now + wait then
      call('HSET', CONFIG, 'held', now + wait)
    end
    release(job, reason, wait)
  end,
}

local answers = {}
for i = 3, #ARGV, 5 do
  local job = load(ARGV[i])
  local accepted = job and job.state == 'running' and job.entry == ARGV[i + 1] and job.worker == worker
  if accepted then
    leave_stream(job)
    verdicts[ARGV[i + 2]](job, ARGV[i + 3], ARGV[i + 4])
  end
  answers[#answers + 1] = accepted and 1 or 0
end
flush()
return answers
