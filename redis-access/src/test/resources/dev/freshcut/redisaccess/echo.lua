-- Answers with its key and its arguments.
local reply = {KEYS[1]}
for _, argument in ipairs(ARGV) do
  table.insert(reply, argument)
end
return reply
