-- Gives a lease back.
-- KEYS[1] lease   ARGV[1] claimant   Result: 1 if it was held by the claimant, else 0.
if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
