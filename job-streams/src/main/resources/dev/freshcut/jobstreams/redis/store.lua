-- Stores new jobs; put before the scripts that do.

-- A job takes this many arguments: id, whether it was drawn ('1'), type, version, payload,
-- priority, run at ms, deadline ms, group, unique key, window ms, remember ms, retain ms;
-- '' where there is none.
local ARGUMENTS = 13

-- Stores the job whose arguments begin at i. Gives '' if it was, '=' if its id is known, else the
-- id of the job that holds its uniqueness key.
local function store(i)
  local id, drawn, priority, at = ARGV[i], ARGV[i + 1] == '1', ARGV[i + 5], ARGV[i + 6]
  if call('EXISTS', job_key(id)) == 1 then
    -- Nobody else draws this id: the same call came twice.
    return drawn and '' or '='
  end
  if (not drawn or ARGV[i + 11] ~= '0') and remembered('id:' .. id) then
    return drawn and '' or '='
  end
  local fields = {
    'type', ARGV[i + 2], 'version', ARGV[i + 3], 'payload', ARGV[i + 4], 'priority', priority,
    'enqueued', NOW,
  }
  local tied = false
  local function put(field, value)
    fields[#fields + 1] = field
    fields[#fields + 1] = value
  end
  local function tie(field, value)
    put(field, value)
    tied = true
  end
  local unique = ARGV[i + 9]
  if unique ~= '' then
    local held = 'unique:' .. unique
    if remembered(held) then
      return call('HGET', REMEMBERED, held)
    end
    call('HSET', REMEMBERED, held, id)
    call('ZADD', MEMORY, '+inf', held)
    tie('unique', unique)
    tie('window', now + ARGV[i + 10])
  end
  local group = ARGV[i + 8]
  if group ~= '' then
    call('SADD', PREFIX .. 'group:' .. group, id)
    tie('group', group)
  end
  if ARGV[i + 7] ~= '' then
    put('deadline', ARGV[i + 7])
  end
  if ARGV[i + 11] ~= '0' then
    tie('remember', ARGV[i + 11])
  end
  if ARGV[i + 12] ~= '0' then
    tie('retain', ARGV[i + 12])
  end
  if tied then
    put('tied', '1')
  end
  make_waiting(id, priority, at == '' and NOW or at, unpack(fields))
  count('enqueued')
  return ''
end
