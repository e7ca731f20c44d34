-- A state that is looked at beside an id is a parameter, so that the plan goes by the id and not along a partial index.
update tasks
set status = 'queued', waiting_for = null, due_at = @now,
    seq = seq + 1, timeline = timeline || ',' || orc_event(seq + 1, 'queued', @now, attempt, @data)
where id = any (@ids) and waiting_for = @waiting_for
returning id, workspace_key, coalesce(lane, action) as lane
