-- Reads a job.
--
-- ARGV[2] id
--
-- Result: id, hash and events of the job; nothing if it is not kept.
return read_job(ARGV[2]) or {}
