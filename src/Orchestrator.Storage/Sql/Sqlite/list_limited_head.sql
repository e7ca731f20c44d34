select id, rank, resources, waiting_on, due_at from tasks
where workspace_key = @workspace_key and coalesce(lane, action) = @lane and status = 'queued' and (rank, id) > (@after_rank, @after_id)
order by rank, id
limit @limit
