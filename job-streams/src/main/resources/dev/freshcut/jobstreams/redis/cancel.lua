-- Cancels a job.
--
-- ARGV[2] reason   ARGV[3] id
--
-- Result: what cancel() gives, see cancelling.lua
even_if_full()
local answer = cancel(ARGV[3], ARGV[2])
flush()
return answer
