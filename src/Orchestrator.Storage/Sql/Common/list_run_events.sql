select seq, type, at, step, item, data from run_events where run_id = @id and seq > @after order by seq limit @limit
