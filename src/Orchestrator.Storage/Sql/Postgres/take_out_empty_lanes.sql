update workspaces w
set ready_actions = array(
    select a.action
    from unnest(w.ready_actions) as a(action)
    where exists (
        select 1 from tasks t
        where t.workspace_key = w.key and coalesce(t.lane, t.action) = a.action and t.status = 'queued'))
where w.key = @key
    and exists (
        select 1
        from unnest(w.ready_actions) as a(action)
        where not exists (
            select 1 from tasks t
            where t.workspace_key = w.key and coalesce(t.lane, t.action) = a.action and t.status = 'queued'))
