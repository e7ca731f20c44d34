select id from tasks
where workspace_key = @key and waiting_for = 'provider' and provider = @provider
order by rank, id
limit @limit
