-- Workspaces in maintenance do not count. The newest task by its id, which begins with its time. The bound of high scores is that of
-- the index tasks_high.
select
    exists (
        select 1
        from tasks t
        join workspaces w on w.key = t.workspace_key
        where t.status = 'processing' and not w.maintenance) as runs,
    exists (
        select 1
        from tasks t
        join workspaces w on w.key = t.workspace_key
        where t.status = 'queued' and t.score >= 600 and not w.maintenance and not w.paused) as has_high,
    exists (select 1 from workspaces w where not w.maintenance) as is_open,
    coalesce((select s.created_at from task_specs s order by s.id desc limit 1) > orc_now() - @low_after, false) as is_recent
