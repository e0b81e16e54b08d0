-- Changes how a queue is worked off.
--
-- ARGV[2] pause, resume (which also ends a hold), limit or unlimit
-- ARGV[3] jobs a second   ARGV[4] burst
even_if_full()
if ARGV[2] == 'pause' then
  call('HSET', CONFIG, 'paused', '1')
elseif ARGV[2] == 'resume' then
  call('HDEL', CONFIG, 'paused', 'held')
elseif ARGV[2] == 'limit' then
  call('HSET', CONFIG, 'rate', ARGV[3], 'burst', ARGV[4], 'tokens', ARGV[4], 'refilled', now)
else
  call('HDEL', CONFIG, 'rate', 'burst', 'tokens', 'refilled')
end
wake()
return 0
