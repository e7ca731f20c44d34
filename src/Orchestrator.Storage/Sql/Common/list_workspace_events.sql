select seq, type, at, data from workspace_events where workspace_key = @key and seq > @after order by seq limit @limit
