update tasks
set pending_dependencies = pending_dependencies - 1,
    status = case when pending_dependencies > 1 then 'blocked' when due_at > @now then 'scheduled' else 'queued' end,
    seq = case when pending_dependencies > 1 then seq else seq + 1 end,
    timeline = case
        when pending_dependencies > 1 then timeline
        else timeline || ',' || orc_event(
            seq + 1, case when due_at > @now then 'scheduled' else 'queued' end, @now, attempt, null)
    end
where id = any (@ids) and status = 'blocked'
returning id, workspace_key, action, status
