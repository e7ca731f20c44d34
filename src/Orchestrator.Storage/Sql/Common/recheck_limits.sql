-- A limit or a budget that was set while attempts were ending may have been found used up just before; look again.
update workspaces
set at_limit = @at_limit, short_of_money = @at_limit
where key in (
    select w.key
    from workspaces w
    where (w.at_limit
            and (w.max_parallel is null or w.max_parallel > (
                select count(*) from tasks t where t.workspace_key = w.key and t.status = 'processing')))
        or (w.short_of_money
            and not exists (
                select 1
                from guarded_attempts g
                join tasks t on t.id = g.task_id and t.lease_token = g.token
                where g.workspace_key = w.key and g.is_open))
    order by w.key
    for no key update skip locked
)
