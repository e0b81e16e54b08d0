-- Takes back what workers hold; put before the scripts that do.

-- At most so many jobs that a worker holds; without an id, entries whose job has gone.
local function held_by(worker, most)
  local held = {}
  for _, lane in ipairs(LANES) do
    for priority, stream in pairs(lane.streams) do
      local room = most - #held
      local pending = room > 0 and grouped('XPENDING', stream, GROUP, '-', '+', room, worker) or {}
      for _, one in ipairs(pending) do
        local entry = call('XRANGE', stream, one[1], one[1])[1]
        local job = entry and load(entry[2][2])
        if job and job.state == 'running' and job.entry == one[1] then
          held[#held + 1] = job
        else
          held[#held + 1] = { priority = priority, again = lane.again, entry = one[1] }
        end
      end
    end
  end
  return held
end

-- Takes back at most so many jobs of a worker. Gives how many it held, how many were taken back and
-- how many of these are dead letters now.
local function take_back(worker, most, most_losses)
  local held, recovered, buried = held_by(worker, most), 0, 0
  for _, job in ipairs(held) do
    leave_stream(job)
    if job.id then
      local losses = job.losses + 1
      recovered = recovered + 1
      count('lost')
      event(job, 'worker lost', worker)
      if losses > most_losses and not job.cancel then
        buried = buried + 1
        call('HSET', job.key, 'losses', losses, 'attempts', job.attempts - 1)
        die(job, 'lost with its worker ' .. losses .. ' times')
      else
        wait_again(job, nil, 'losses', losses, 'attempts', job.attempts - 1)
      end
    end
  end
  -- At once, as its consumer may go only when it holds nothing.
  flush()
  return #held, recovered, buried
end

local function forget_worker(worker)
  for _, lane in ipairs(LANES) do
    for _, stream in pairs(lane.streams) do
      grouped('XGROUP', 'DELCONSUMER', stream, GROUP, worker)
    end
  end
  call('HDEL', TAKES, worker)
  call('ZREM', WORKERS, worker)
end
