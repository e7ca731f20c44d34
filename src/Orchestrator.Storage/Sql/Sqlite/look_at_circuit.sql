update circuits set look_at = @look_at, updated_at = @now where workspace_key = @key and provider = @provider and look_at is null
