-- Looks at a queue.
--
-- Result: ready jobs (urgent, normal, bulk), ms for which the longest ready one has waited,
--         running, scheduled, overdue, ended, dead, workers; config; counters.
local ready, running, oldest = { urgent = 0, normal = 0, bulk = 0 }, 0, now
local function look_at(priority, stream)
  local waiting = call('XLEN', stream)
  local groups = waiting > 0 and call('XINFO', 'GROUPS', stream) or {}
  local from = '-'
  if #groups > 0 then
    local pending = call('XPENDING', stream, GROUP)[1]
    running = running + pending
    waiting = waiting - pending
    for i = 1, #groups[1], 2 do
      if groups[1][i] == 'last-delivered-id' then
        from = '(' .. groups[1][i + 1]
      end
    end
  end
  local first = waiting > 0 and call('XRANGE', stream, from, '+', 'COUNT', 1)[1]
  if first then
    oldest = math.min(oldest, tonumber(first[2][4]))
  end
  ready[priority] = ready[priority] + waiting
end
for _, lane in ipairs(LANES) do
  for priority, stream in pairs(lane.streams) do
    look_at(priority, stream)
  end
end
return {
  ready.urgent, ready.normal, ready.bulk, now - oldest, running,
  call('ZCARD', SCHEDULED), call('ZCOUNT', SCHEDULED, '-inf', now),
  call('ZCARD', ENDED), call('XLEN', DEAD), call('ZCOUNT', WORKERS, '(' .. now, '+inf'),
  now, call('HGETALL', CONFIG), call('HGETALL', COUNTERS),
}
