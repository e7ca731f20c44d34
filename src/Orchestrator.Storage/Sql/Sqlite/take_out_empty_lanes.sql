update workspaces
set ready_actions = (
    select json_group_array(a.value)
    from json_each(workspaces.ready_actions) as a
    where exists (
        select 1 from tasks t
        where t.workspace_key = workspaces.key and coalesce(t.lane, t.action) = a.value and t.status = 'queued'))
where key = @key
    and exists (
        select 1
        from json_each(workspaces.ready_actions) as a
        where not exists (
            select 1 from tasks t
            where t.workspace_key = workspaces.key and coalesce(t.lane, t.action) = a.value and t.status = 'queued'))
