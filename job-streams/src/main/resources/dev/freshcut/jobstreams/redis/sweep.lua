-- Forgets what has been kept long enough.
--
-- ARGV[2] most jobs, and most ids and plans
--
-- Result: whether more may remain.
even_if_full()
local jobs = call('ZRANGEBYSCORE', ENDED, '-inf', now, 'LIMIT', 0, ARGV[2])
for _, id in ipairs(jobs) do
  forget(id)
end
if #jobs > 0 then
  call('ZREM', KEPT.done, unpack(jobs))
  call('ZREM', KEPT.cancelled, unpack(jobs))
  call('ZREM', ENDED, unpack(jobs))
end
local memories = call('ZRANGEBYSCORE', MEMORY, '-inf', now, 'LIMIT', 0, ARGV[2])
if #memories > 0 then
  call('ZREM', MEMORY, unpack(memories))
  call('HDEL', REMEMBERED, unpack(memories))
end
local most = tonumber(ARGV[2])
return (#jobs == most or #memories == most) and 1 or 0
