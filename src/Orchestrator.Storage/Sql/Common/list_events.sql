select seq, type, at, attempt, data from task_events where task_id = @id and seq > @after and seq <= @last order by seq limit @limit
