-- Back to the ready set, as if it had not waited yet.
update tasks
set status = 'queued', waiting_for = null, waiting_on = null, provider = null, seq = seq + 1,
    timeline = timeline || ',' || orc_event(seq + 1, 'queued', @now, attempt, null)
where id = @id
