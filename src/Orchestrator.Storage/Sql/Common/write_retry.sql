update resources set retry_at = @retry_at where name = @name
