select distinct action from tasks where workspace_key = @key and waiting_for = 'provider' and provider = @provider order by action
