-- Of the tasks that the caller holds or that have ended.
update approvals
set decision = @decision, decided_at = @now
where task_id = any (@ids) and decision is null and expires_at <= @now
returning task_id
