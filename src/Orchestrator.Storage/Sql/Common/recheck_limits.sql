-- A limit that was set while attempts were ending may have been found used up by a turn just before; look again.
update workspaces
set at_limit = @at_limit
where key in (
    select w.key
    from workspaces w
    where w.at_limit and w.max_parallel > (
        select count(*) from tasks t where t.workspace_key = w.key and t.status = 'processing')
    order by w.key
    for no key update skip locked
)
