-- Begins or renews a worker's lease, and takes back jobs of workers whose lease has ended.
--
-- ARGV[2] worker   ARGV[3] lease, ms   ARGV[4] losses that a job may have
-- ARGV[5] most jobs that are taken back   ARGV[6] ms for which a lost worker is remembered
--
-- Result: whether the worker has a lease; jobs taken back; those of them that became dead letters;
--         the running jobs that somebody wants cancelled; whether jobs of lost workers remain.
even_if_full()
local worker, most_losses, room = ARGV[2], tonumber(ARGV[4]), tonumber(ARGV[5])
local lease = call('ZSCORE', WORKERS, worker)
local alive = lease and tonumber(lease) > now or not lease and not remembered('worker:' .. worker)
if alive then
  call('ZADD', WORKERS, now + ARGV[3], worker)
end
local recovered, buried = 0, 0
for _, lost in ipairs(call('ZRANGEBYSCORE', WORKERS, '-inf', now, 'LIMIT', 0, 10)) do
  if room > 0 then
    local held, back, dead = take_back(lost, room, most_losses)
    if held < room then
      forget_worker(lost)
      call('ZADD', MEMORY, now + ARGV[6], 'worker:' .. lost)
    end
    room, recovered, buried = room - held, recovered + back, buried + dead
  end
end
local more = call('ZCOUNT', WORKERS, '-inf', now) > 0
return { alive and 1 or 0, recovered, buried, call('SMEMBERS', CANCELS), more and 1 or 0 }
