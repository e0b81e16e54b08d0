-- Reads a page of the jobs in one state.
--
-- ARGV[2] state   ARGV[3] cursor, '' for the beginning   ARGV[4] most jobs, 1 or more
-- ARGV[5] bytes after which a page ends
--
-- Result: the next page's cursor, '' at the end; the jobs, see reading.lua.
--
-- The cursor is, for ready and running jobs, the entry after which each stream goes on; for dead ones
-- the same of their stream; for others the score and the id of the last one.
local state, cursor, limit = ARGV[2], ARGV[3], tonumber(ARGV[4])

local function parts(entry)
  local ms, seq = string.match(entry, '^(%d+)-(%d+)$')
  return tonumber(ms), tonumber(seq)
end

local function comes_before(a, b)
  local a_ms, a_seq = parts(a)
  local b_ms, b_seq = parts(b)
  return a_ms < b_ms or a_ms == b_ms and a_seq < b_seq
end

local function after(entry)
  return entry == '' and '-' or '(' .. entry
end

local function entries_of(stream, from, n)
  if state == 'running' then
    local entries = grouped('XPENDING', stream, GROUP, after(from), '+', n) or {}
    for i, pending in ipairs(entries) do
      entries[i] = call('XRANGE', stream, pending[1], pending[1])[1]
    end
    return entries
  end
  for _, group in ipairs(grouped('XINFO', 'GROUPS', stream) or {}) do
    for i = 1, #group, 2 do
      if group[i] == 'last-delivered-id' and (from == '' or comes_before(from, group[i + 1])) then
        from = group[i + 1]
      end
    end
  end
  return call('XRANGE', stream, after(from), '+', 'COUNT', n)
end

-- What follows the cursor, one more than a page holds: ids, each with the cursor behind it.
local found = {}
if state == 'ready' or state == 'running' then
  local positions = {}
  for position in string.gmatch(cursor .. ',', '([^,]*),') do
    positions[#positions + 1] = position
  end
  local streams = {
    READY.urgent, READY.normal, READY.bulk, AGAIN.urgent, AGAIN.normal, AGAIN.bulk,
  }
  for i, stream in ipairs(streams) do
    positions[i] = positions[i] or ''
    for _, entry in ipairs(entries_of(stream, positions[i], limit + 1)) do
      found[#found + 1] = { entry[2][2], i, entry[1] }
    end
  end
  table.sort(found, function(a, b)
    return comes_before(a[3], b[3])
  end)
  for _, one in ipairs(found) do
    positions[one[2]] = one[3]
    one[2] = table.concat(positions, ',')
  end
elseif state == 'dead' then
  for _, entry in ipairs(call('XRANGE', DEAD, after(cursor), '+', 'COUNT', limit + 1)) do
    found[#found + 1] = { entry[2][2], entry[1] }
  end
else
  local key = state == 'scheduled' and SCHEDULED or KEPT[state]
  local reverse = state ~= 'scheduled' and 'REV' or ''
  local start, score, id = 0, string.match(cursor, '^(%d+)|(.*)$')
  if score then
    if call('ZSCORE', key, id) == score then
      start = call('Z' .. reverse .. 'RANK', key, id) + 1
    elseif reverse == '' then
      start = call('ZCOUNT', key, '-inf', '(' .. score)
    else
      start = call('ZCOUNT', key, '(' .. score, '+inf')
    end
  end
  local members = call('Z' .. reverse .. 'RANGE', key, start, start + limit, 'WITHSCORES')
  for i = 1, #members, 2 do
    found[#found + 1] = { members[i], members[i + 1] .. '|' .. members[i] }
  end
end

local jobs, following, bytes = {}, '', tonumber(ARGV[5])
for i, one in ipairs(found) do
  if i > limit or bytes <= 0 then
    following = found[i - 1][2]
    break
  end
  local job = read_job(one[1])
  if job then
    jobs[#jobs + 1] = job
    bytes = bytes - call('HSTRLEN', job_key(one[1]), 'payload') - call('HSTRLEN', job_key(one[1]), 'result')
  end
end
return { following, jobs }
