select id, rank from tasks
where workspace_key = @workspace_key and action = @action and status = 'queued'
order by rank, id
limit @limit
