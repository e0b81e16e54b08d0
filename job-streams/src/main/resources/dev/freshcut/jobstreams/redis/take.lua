-- Gives a worker ready jobs.
--
-- ARGV[2] worker   ARGV[3] most jobs   ARGV[4] who asks: one client of this worker
-- ARGV[5] number of this take, above all before   ARGV[6] number of the latest that was answered
-- ARGV[7] bytes of payload after which no more jobs are looked for
-- ARGV[8..] priorities, in the order in which they are looked at
--
-- Result: whether the worker has a lease; ms for which nothing more comes by itself; what to wait
--         beyond: '' for nothing, else the ids of the ready streams' newest entries (urgent, normal,
--         bulk; '' for a stream that is of no interest) and of signal's, with commas; and for each
--         job: id, entry, type, version, payload, attempts, enqueued ms, due ms, ms since when it is
--         unknown or ''.
--
-- A take whose answer was lost is known by the next one: what it gave is given again.
even_if_full()
local worker, most, client = ARGV[2], tonumber(ARGV[3]), ARGV[4]
local number, answered = tonumber(ARGV[5]), tonumber(ARGV[6])
local lease = call('ZSCORE', WORKERS, worker)
if not lease or tonumber(lease) <= now then
  return { 0, 0, '', {} }
end

local jobs, given, bytes = {}, {}, tonumber(ARGV[7])
local function give(id, entry, job)
  jobs[#jobs + 1] = { id, entry, job[1], job[2], job[3], job[4], job[5], job[6], job[10] or '' }
  given[#given + 1] = id
  given[#given + 1] = entry
  bytes = bytes - #job[3]
end
local GIVEN = {
  'type', 'version', 'payload', 'attempts', 'enqueued', 'due', 'deadline', 'entry', 'state', 'unknown',
}

local last = call('HGET', TAKES, worker)
last = last and cjson.decode(last)
if last and last.client == client then
  if last.number > number then
    -- A late repetition: its client has gone on without it.
    return { 1, 0, '', {} }
  end
  -- Below it is what a Redis that fell back remembers: its worker has gone on since.
  if last.number > answered then
    for i = 1, #last.given, 2 do
      local job = load(last.given[i])
      if job and job.state == 'running' and job.worker == worker and job.entry == last.given[i + 1] then
        if #jobs < most then
          give(job.id, job.entry, call('HMGET', job.key, unpack(GIVEN)))
        else
          leave_stream(job)
          give_back(job, now)
        end
      end
    end
  end
end

local idle, open, looked = 3600000, true, true
local function idle_until(ms)
  idle = math.max(0, math.min(idle, math.ceil(ms - now)))
end
local config = call(
  'HMGET', CONFIG, 'paused', 'held', 'rate', 'burst', 'tokens', 'refilled',
  'again:urgent', 'again:normal', 'again:bulk'
)
local again = { urgent = config[7], normal = config[8], bulk = config[9] }
local rate, permits = tonumber(config[3] or nil), most - #jobs
local tokens, refilled
if config[1] then
  open = false
elseif config[2] and tonumber(config[2]) > now then
  open = false
  idle_until(tonumber(config[2]))
elseif rate then
  local burst = tonumber(config[4])
  refilled = tonumber(config[6] or now)
  local since = math.max(0, now - refilled)
  tokens = math.min(burst, tonumber(config[5] or burst) + since * rate / 1000)
  permits = math.min(permits, math.floor(tokens + 0.000001))
end

-- Due jobs become ready first.
if open and permits > 0 then
  for _, id in ipairs(call('ZRANGEBYSCORE', SCHEDULED, '-inf', now, 'LIMIT', 0, 2 * most)) do
    call('ZREM', SCHEDULED, id)
    local priority = call('HGET', job_key(id), 'priority')
    if priority then
      make_ready(id, priority)
    end
  end
end

local function read(stream, n)
  local reply = grouped('XREADGROUP', 'GROUP', GROUP, worker, 'COUNT', n, 'STREAMS', stream, '>')
  if reply == nil then
    call('XGROUP', 'CREATE', stream, GROUP, '0', 'MKSTREAM')
    reply = call('XREADGROUP', 'GROUP', GROUP, worker, 'COUNT', n, 'STREAMS', stream, '>')
  end
  return reply and reply[1][2] or {}
end

-- How many are looked at is bounded, as all may be past their deadline.
local took, looks = 0, 2 * most
local function begin(priority, returned, entry)
  local id = entry[2][2]
  local key = job_key(id)
  local job = call('HMGET', key, unpack(GIVEN))
  if job[8] ~= entry[1] or job[9] ~= 'ready' then
    leave_stream({ priority = priority, again = returned, entry = entry[1] })
  elseif job[7] and tonumber(job[7]) < now then
    local late = load(id)
    leave_stream(late)
    finish_cancelled(late, 'deadline passed')
  else
    job[4] = tostring((job[4] or 0) + 1)
    call('HSET', key, 'state', 'running', 'attempts', job[4], 'worker', worker, 'started', NOW)
    give(id, entry[1], job)
    took = took + 1
  end
end
-- Whether all that waits in a stream was looked at.
local function take_from(stream, priority, returned)
  local n
  repeat
    n = math.min(permits - took, looks, 50)
    if n <= 0 or bytes <= 0 then
      looked = false
      return false
    end
    local entries = read(stream, n)
    looks = looks - #entries
    for _, entry in ipairs(entries) do
      begin(priority, returned, entry)
    end
  until #entries < n
  return true
end
if open then
  for i = 8, #ARGV do
    local priority = ARGV[i]
    if again[priority] and take_from(AGAIN[priority], priority, '1') then
      call('HDEL', CONFIG, 'again:' .. priority)
    end
    take_from(READY[priority], priority)
  end
end
if tokens then
  -- Also when the clock has gone back: nothing is to wait until it has caught up.
  if took > 0 or refilled > now then
    call('HSET', CONFIG, 'tokens', tokens - took, 'refilled', now)
  end
  if tokens - took < 1 then
    open = false
    idle_until(now + (1 - tokens + took) * 1000 / rate)
  end
end

call('HSET', TAKES, worker, cjson.encode({ client = client, number = number, given = given }))
flush()

local cursor = ''
if not open or looked then
  local function newest(stream)
    local entry = call('XREVRANGE', stream, '+', '-', 'COUNT', 1)[1]
    return entry and entry[1] or '0-0'
  end
  local positions = { urgent = '', normal = '', bulk = '' }
  if open then
    for i = 8, #ARGV do
      positions[ARGV[i]] = newest(READY[ARGV[i]])
    end
    local first = call('ZRANGE', SCHEDULED, 0, 0, 'WITHSCORES')[2]
    if first then
      idle_until(tonumber(first))
    end
  end
  cursor = table.concat({ positions.urgent, positions.normal, positions.bulk, newest(SIGNAL) }, ',')
else
  idle = 0
end
return { 1, idle, cursor, jobs }
