-- Records progress, if Redis still is where the caller believes it to be.
--
-- KEYS[1] hash of positions   KEYS[2] hash of the watermark
-- ARGV[1] run id of the server that confirmed the evictions
-- ARGV[2] number of expected positions   ARGV[3] number of new positions
-- ARGV[4..] pairs of name and expected value ('' for none), pairs of name and new value ('' to
--   remove), then pairs of field and value of the watermark
--
-- Result: 1 recorded; 0 a position is not as expected, nothing recorded; -1 the server is another
--   one than confirmed the evictions, nothing recorded.
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
if run ~= ARGV[1] then
  return -1
end
local next = 4
for _ = 1, tonumber(ARGV[2]) do
  if (redis.call('HGET', KEYS[1], ARGV[next]) or '') ~= ARGV[next + 1] then
    return 0
  end
  next = next + 2
end
for _ = 1, tonumber(ARGV[3]) do
  if ARGV[next + 1] == '' then
    redis.call('HDEL', KEYS[1], ARGV[next])
  else
    redis.call('HSET', KEYS[1], ARGV[next], ARGV[next + 1])
  end
  next = next + 2
end
while next < #ARGV do
  redis.call('HSET', KEYS[2], ARGV[next], ARGV[next + 1])
  next = next + 2
end
return 1
