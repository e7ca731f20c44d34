-- A state that is looked at beside an id is a parameter, so that the plan goes by the id and not along a partial index.
-- Who is woken has become ready now, and remembers for which resource, so that it is kept for him.
update tasks
set status = 'queued', waiting_for = null, waiting_on = case when @kept then waiting_on else null end, due_at = @now,
    seq = seq + 1, timeline = timeline || ',' || orc_event(seq + 1, 'queued', @now, attempt, null)
where id = any (@ids) and status = @waiting and waiting_on = @name
returning id
