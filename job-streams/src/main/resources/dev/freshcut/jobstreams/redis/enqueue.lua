-- Stores jobs.
--
-- ARGV[2..] the jobs' arguments, see store.lua
--
-- Result: for each what store() gives.
local answers = {}
for i = 2, #ARGV, ARGUMENTS do
  answers[#answers + 1] = store(i)
end
flush()
return answers
