-- Makes a recurring schedule known, or forgets it.
--
-- ARGV[2] name   ARGV[3] definition, '' to forget it   ARGV[4] ms of the next firing
--
-- Result: whether there was one to forget.
if ARGV[3] == '' then
  call('HDEL', DEFINITIONS, ARGV[2])
  return call('ZREM', SCHEDULES, ARGV[2])
elseif call('HGET', DEFINITIONS, ARGV[2]) ~= ARGV[3] then
  call('HSET', DEFINITIONS, ARGV[2], ARGV[3])
  call('ZADD', SCHEDULES, ARGV[4], ARGV[2])
end
return 0
