delete from webhooks where workspace_key = @key
