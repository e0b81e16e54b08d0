-- Draws a number above all that were drawn before, also by those who knew a Redis that has been
-- emptied since: microseconds, unless more are drawn.
--
-- Result: the number.
local last = tonumber(call('HGET', CONFIG, 'stamp') or '0')
local stamp = math.max(last + 1, clock[1] * 1000000 + clock[2] + ARGV[1] * 1000)
call('HSET', CONFIG, 'stamp', string.format('%.0f', stamp))
return stamp
