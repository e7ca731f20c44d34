-- The caller holds the tasks, and has taken out what they wait for no more. One that waited for its children becomes ready now.
update tasks
set pending_dependencies = rest.pending,
    status = case
        when rest.pending > 0 then status
        when status = 'blocked' and due_at > @now then 'scheduled'
        else 'queued'
    end,
    waiting_for = case when rest.pending > 0 then waiting_for end,
    due_at = case when rest.pending = 0 and status = 'waiting' then @now else due_at end,
    seq = case when rest.pending > 0 then seq else seq + 1 end,
    timeline = case
        when rest.pending > 0 then timeline
        else timeline || ',' || orc_event(
            seq + 1, case when status = 'blocked' and due_at > @now then 'scheduled' else 'queued' end, @now, attempt, null)
    end
from (
    select t.id as task_id, (select count(*) from task_dependencies d where d.task_id = t.id) as pending
    from tasks t
    where t.id = any (@ids)
) rest
where id = rest.task_id and (status = 'blocked' or waiting_for = 'children')
returning id, workspace_key, coalesce(lane, action) as lane, status
