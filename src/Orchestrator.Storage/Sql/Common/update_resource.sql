-- Its queue is looked at again at once: there may be room now.
update resources
set capacity = @capacity, refill = @refill, level = @level, level_at = @level_at, permits = @permits,
    closed_until = @closed_until, retry_at = case when retry_at is null then null else @now end, updated_at = @now
where name = @name
