-- Reads jobs; put before the scripts that do.

-- Id, hash and events of a job; nil if there is no such job.
local function read_job(id)
  local job = call('HGETALL', job_key(id))
  return #job > 0 and { id, job, call('LRANGE', PREFIX .. 'events:' .. id, 0, -1) } or nil
end
