insert into resources (name, capacity, refill, level, level_at, permits, created_at, updated_at)
values (@name, @capacity, @refill, @level, @level_at, @permits, @now, @now)
on conflict (name) do nothing
