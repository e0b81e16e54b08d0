-- What all scripts share: put before each of them. A queue's keys have one hash tag, its name.
--
-- KEYS[1]      prefix of the queue's keys. What has an id of its own is named by it alone:
--              job:<id> (hash), events:<id> (list), group:<key> (set of the ids that have not ended)
-- KEYS[2..4]   streams of ready jobs (urgent, normal, bulk); what a worker holds is pending in them
-- KEYS[5]      scheduled: sorted set, id by due ms        KEYS[6]  workers: by end of lease, ms
-- KEYS[7]      ended: ids by when they are forgotten, ms  KEYS[8]  dead: stream
-- KEYS[9]      memory: sorted set, "id:…", "unique:…", "plan:…", "worker:…" (one that was lost) by
--              the ms until which it counts
-- KEYS[10]     remembered: hash, the values of these      KEYS[11] cancels: set of running ids
-- KEYS[12]     config: hash                               KEYS[13] counters: hash
-- KEYS[14]     schedules: by next firing, ms              KEYS[15] their definitions: hash
-- KEYS[16]     signal: stream of one entry, which waiting workers watch beside the ready streams
-- KEYS[17]     takes: hash, what each worker was given last
-- KEYS[18..19] done and cancelled: ids by the ms of their end, while they are kept
-- KEYS[20..22] the same as 2 to 4 for jobs that were given back: each is read before its priority's
-- ARGV[1]      ms by which the clock is moved: 0 but in tests
local call = redis.call
local PREFIX = KEYS[1]
local READY = { urgent = KEYS[2], normal = KEYS[3], bulk = KEYS[4] }
local AGAIN = { urgent = KEYS[20], normal = KEYS[21], bulk = KEYS[22] }
local LANES = { { streams = READY }, { streams = AGAIN, again = '1' } }
local SCHEDULED, WORKERS, ENDED, DEAD = KEYS[5], KEYS[6], KEYS[7], KEYS[8]
local MEMORY, REMEMBERED, CANCELS, CONFIG = KEYS[9], KEYS[10], KEYS[11], KEYS[12]
local COUNTERS, SCHEDULES, DEFINITIONS = KEYS[13], KEYS[14], KEYS[15]
local SIGNAL, TAKES = KEYS[16], KEYS[17]
local KEPT = { done = KEYS[18], cancelled = KEYS[19] }
local GROUP = 'workers'

local clock = call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000) + ARGV[1]
-- Redis writes numbers that it is given as if they had fractions, which is slow.
local NOW = string.format('%.0f', now)

local function job_key(id)
  return PREFIX .. 'job:' .. id
end

-- What decides over a job's way; nil if there is no such job. Most need no more than FIRST; the rest
-- is read when one of it is asked for. A job is tied if its end touches more than its hash: whoever
-- writes one of TIES, or an event, says so.
local FIRST = { 'state', 'entry', 'priority', 'worker', 'again', 'tied' }
local TIES = { 'group', 'unique', 'window', 'remember', 'retain', 'cancel' }
local REST = { 'attempts', 'losses', 'due', 'started', 'reason', 'revivable', 'unknown', unpack(TIES) }
local function read_into(job, fields)
  local values = call('HMGET', job.key, unpack(fields))
  for i, field in ipairs(fields) do
    rawset(job, field, values[i])
  end
end
local unread = {
  __index = function(job, field)
    setmetatable(job, nil)
    read_into(job, REST)
    job.attempts, job.losses = job.attempts or 0, job.losses or 0
    return job[field]
  end,
}
local function load(id)
  local job = { id = id, key = job_key(id) }
  read_into(job, FIRST)
  return job.state and setmetatable(job, unread) or nil
end

-- Counters and what leaves the streams are collected, and written once, by flush().
local leaving, counts = {}, {}
local function count(counter, n)
  counts[counter] = (counts[counter] or 0) + (n or 1)
end

local function leave_stream(job)
  local stream = (job.again and AGAIN or READY)[job.priority]
  local entries = leaving[stream]
  if not entries then
    entries = {}
    leaving[stream] = entries
  end
  entries[#entries + 1] = job.entry
end

local function flush()
  for stream, entries in pairs(leaving) do
    -- Lua passes some thousand arguments at most.
    for i = 1, #entries, 1000 do
      local last = math.min(i + 999, #entries)
      call('XACK', stream, GROUP, unpack(entries, i, last))
      call('XDEL', stream, unpack(entries, i, last))
    end
  end
  for counter, n in pairs(counts) do
    call('HINCRBY', COUNTERS, counter, n)
  end
  leaving, counts = {}, {}
end

-- Refused to a full Redis is only what would fill it. A script may go on where its first write may:
-- this one, which does nothing, begins those that give memory back or keep workers alive.
local function even_if_full()
  call('SREM', CANCELS, '')
end

local woken = false
local function wake()
  if not woken then
    woken = true
    call('XADD', SIGNAL, 'MAXLEN', '1', '*', 'at', now)
  end
end

local function tie(job)
  if not job.tied then
    job.tied = '1'
    call('HSET', job.key, 'tied', '1')
  end
end

local function event(job, what, detail)
  tie(job)
  local key = PREFIX .. 'events:' .. job.id
  call('RPUSH', key, NOW .. '\t' .. what .. '\t' .. detail)
  call('LTRIM', key, -50, -1)
end

-- Adds a job to its stream; further fields are written with its state.
local function make_ready(id, priority, ...)
  local entry = call('XADD', READY[priority], '*', 'id', id, 'at', NOW)
  call('HSET', job_key(id), 'state', 'ready', 'entry', entry, ...)
end

-- The same before those of its priority that wait already. Takes look for such jobs only while the
-- queue's configuration says that there are some.
local function make_ready_again(id, priority, ...)
  local entry = call('XADD', AGAIN[priority], '*', 'id', id, 'at', NOW)
  call('HSET', job_key(id), 'state', 'ready', 'entry', entry, 'due', NOW, 'again', '1', ...)
  call('HSET', CONFIG, 'again:' .. priority, '1')
  wake()
end

local function make_scheduled(id, at, ...)
  local first = call('ZRANGE', SCHEDULED, 0, 0, 'WITHSCORES')[2]
  call('ZADD', SCHEDULED, at, id)
  call('HSET', job_key(id), 'state', 'scheduled', 'due', at, ...)
  if not first or tonumber(at) < tonumber(first) then
    wake()
  end
end

local function make_waiting(id, priority, at, ...)
  if tonumber(at) > now then
    make_scheduled(id, at, ...)
  else
    make_ready(id, priority, 'due', at, ...)
  end
end

local function remembered(what)
  local last = call('ZSCORE', MEMORY, what)
  return last and tonumber(last) > now
end

-- Takes a waiting job from where it waits.
local function drop(job)
  if job.state == 'ready' then
    leave_stream(job)
    if job.again then
      call('HDEL', job.key, 'again')
    end
  else
    call('ZREM', SCHEDULED, job.id)
  end
end

local function forget(id)
  call('DEL', job_key(id), PREFIX .. 'events:' .. id)
end

-- What an ended job leaves outside its hash, but for its events.
local function untie(job)
  local id = job.id
  if job.group then
    call('SREM', PREFIX .. 'group:' .. job.group, id)
  end
  if job.cancel then
    call('SREM', CANCELS, id)
  end
  if job.unique then
    local held = 'unique:' .. job.unique
    if call('HGET', REMEMBERED, held) == id then
      if tonumber(job.window) > now then
        call('ZADD', MEMORY, job.window, held)
      else
        call('ZREM', MEMORY, held)
        call('HDEL', REMEMBERED, held)
      end
    end
  end
  if job.remember then
    call('ZADD', MEMORY, now + job.remember, 'id:' .. id)
  end
end

-- Ends a job that is in no stream and not scheduled any more: done, dead or cancelled.
local function finish(job, state, ...)
  local id = job.id
  if job.tied then
    untie(job)
  end
  count(state)
  if state == 'dead' then
    local entry = call('XADD', DEAD, '*', 'id', id, 'at', NOW)
    call('HSET', job.key, 'state', state, 'ended', NOW, 'entry', entry, ...)
  elseif not job.tied then
    call('DEL', job.key)
  elseif not job.retain then
    forget(id)
  else
    call('HSET', job.key, 'state', state, 'ended', NOW, ...)
    call('ZADD', KEPT[state], NOW, id)
    call('ZADD', ENDED, now + job.retain, id)
  end
end

local function die(job, reason)
  event(job, 'dead', reason)
  finish(job, 'dead', 'reason', reason)
end

local function finish_cancelled(job, reason, ...)
  event(job, 'cancelled', reason)
  finish(job, 'cancelled', 'reason', reason, ...)
end

-- After a stop in its way, to wait anew until then, or, with nil, before all others of its priority;
-- a request for its end has come to it.
local function wait_again(job, at, ...)
  if job.cancel then
    call('HSET', job.key, ...)
    finish_cancelled(job, job.cancel)
    return
  end
  call('HDEL', job.key, 'percent', 'note', 'unknown', 'again')
  if not at then
    make_ready_again(job.id, job.priority, ...)
  elseif job.again then
    -- Not in the same ms: its entries in two streams might have the same id, and they are leases. On
    -- the way from READY to AGAIN a loss, a stop or an answer that never came lies between.
    make_waiting(job.id, job.priority, math.max(at, now + 1), ...)
  else
    make_waiting(job.id, job.priority, at, ...)
  end
end

-- The same after an attempt that does not count; before all others if it need not wait. Who was lost
-- with it may have done its work; else a job with no other attempt has never begun.
local function give_back(job, at, ...)
  local attempts = job.attempts - 1
  if attempts == 0 and tonumber(job.losses) == 0 and not job.cancel then
    call('HDEL', job.key, 'started')
  end
  wait_again(job, at > now and at or nil, 'attempts', attempts, ...)
end

-- A command on a stream whose group may not be there yet; nil then.
local function grouped(...)
  local reply = redis.pcall(...)
  if type(reply) == 'table' and reply.err then
    for _, absent in ipairs({ 'NOGROUP', 'no such key', 'requires the key to exist' }) do
      if string.find(reply.err, absent, 1, true) then
        return nil
      end
    end
    error(reply.err)
  end
  return reply
end
