select count(*) as webhooks from webhooks where workspace_key = @workspace_key
