update resources
set level = @level, level_at = @level_at, closed_until = @closed_until, retry_at = @retry_at
where name = @name
