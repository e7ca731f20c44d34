select name, coalesce(capacity, permits) as most, permits from resources where name = any (@names)
