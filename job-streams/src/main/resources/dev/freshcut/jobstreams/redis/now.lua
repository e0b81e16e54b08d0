-- Result: the time, ms.
return now
