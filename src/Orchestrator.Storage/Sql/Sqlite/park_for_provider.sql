update tasks
set status = 'waiting', waiting_for = 'provider', waiting_on = null, provider = @provider,
    seq = seq + 1, timeline = timeline || ',' || orc_event(seq + 1, 'waiting', @now, attempt, @data)
where id = @id
