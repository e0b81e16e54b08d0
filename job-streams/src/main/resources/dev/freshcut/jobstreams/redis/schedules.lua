-- Reads the recurring schedules.
--
-- Result: name, ms of its next firing, and so on.
return call('ZRANGE', SCHEDULES, 0, -1, 'WITHSCORES')
