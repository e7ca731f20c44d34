-- The pass of a workspace that becomes dispatchable follows FairShare.Join.
update workspaces
set ready_actions = (
        select json_group_array(value)
        from (select value from json_each(workspaces.ready_actions) union select value from json_each(@actions))),
    pass = case
        when ready_actions <> '[]' then pass
        else max(pass, (select virtual_time from fair_share_clock))
    end,
    uses_skills = uses_skills or @with_skills
where key = @key and exists (
    select 1
    from json_each(@actions) as a
    where a.value not in (select value from json_each(workspaces.ready_actions)))
