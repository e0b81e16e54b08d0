-- Replaces a bucket's state unless another instance has replaced it meanwhile.
-- KEYS[1]  the bucket
-- ARGV[1]  the state that was read, empty for none
-- ARGV[2]  the new state
-- ARGV[3]  milliseconds until it has refilled, when there is nothing to remember
-- Returns 1, or 0 if the state was another.
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
