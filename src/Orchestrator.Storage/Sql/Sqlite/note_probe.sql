update circuits
set state = 'half_open', since = @now, retry_at = null, probe = @token, probe_task = @id, missed_at = null, look_at = @look_at,
    updated_at = @now
where workspace_key = @key and provider = @provider
