-- A workspace counts as being at its limit only while it is, and as short of money only while attempts hold what its budget has left.
select w.id, w.max_parallel
from workspaces w
where (w.at_limit and (w.max_parallel is null or w.max_parallel > (
        select count(*) from tasks t where t.workspace_key = w.key and t.status = 'processing')))
    or (w.short_of_money and not exists (
        select 1
        from guarded_attempts g
        join tasks t on t.id = g.task_id and t.lease_token = g.token
        where g.workspace_key = w.key and g.is_open))
