-- Makes dead jobs ready again, with all their attempts before them.
--
-- ARGV[2] id, or '' for the oldest   ARGV[3] most jobs
--
-- Result: how many.
local function redrive(job)
  call('XDEL', DEAD, job.entry)
  event(job, 'redriven', job.reason or '')
  call('HDEL', job.key, 'ended', 'reason', 'cancel', 'percent', 'note', 'unknown', 'again')
  if job.group then
    call('SADD', PREFIX .. 'group:' .. job.group, job.id)
  end
  local held = job.unique and 'unique:' .. job.unique
  if held and (not remembered(held) or call('HGET', REMEMBERED, held) == job.id) then
    call('HSET', REMEMBERED, held, job.id)
    call('ZADD', MEMORY, '+inf', held)
  end
  make_ready(job.id, job.priority, 'due', now, 'attempts', 0, 'losses', 0)
end

if ARGV[2] ~= '' then
  local job = load(ARGV[2])
  if not job or job.state ~= 'dead' then
    return 0
  end
  redrive(job)
  return 1
end
local oldest = call('XRANGE', DEAD, '-', '+', 'COUNT', ARGV[3])
for _, entry in ipairs(oldest) do
  local job = load(entry[2][2])
  if job and job.state == 'dead' then
    redrive(job)
  else
    call('XDEL', DEAD, entry[1])
  end
end
return #oldest
