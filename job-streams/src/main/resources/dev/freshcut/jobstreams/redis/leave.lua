-- Ends a worker's lease and takes back what it holds.
--
-- ARGV[2] worker   ARGV[3] most jobs that are taken back at once
--
-- Result: whether it may hold more.
even_if_full()
if take_back(ARGV[2], tonumber(ARGV[3]), math.huge) == tonumber(ARGV[3]) then
  return 1
end
forget_worker(ARGV[2])
return 0
