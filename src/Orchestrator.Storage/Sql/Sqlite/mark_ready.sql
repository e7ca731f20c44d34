-- The pass of a workspace that becomes dispatchable follows FairShare.Join.
update workspaces
set ready_actions = (
        select json_group_array(value)
        from (select value from json_each(workspaces.ready_actions) union select value from json_each(@actions))),
    pass = case
        when ready_actions <> '[]' then pass
        else max(pass, coalesce(
            (select min(o.pass) from workspaces o where o.ready_actions <> '[]' and not o.paused and not o.at_limit),
            (select max(o.pass) from workspaces o)))
    end
where key = @key and exists (
    select 1
    from json_each(@actions) as a
    where a.value not in (select value from json_each(workspaces.ready_actions)))
