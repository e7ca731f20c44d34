-- Lane by lane along the index of the ready ones, until the bound.
select w.key, r.lane, w.short_of_money, count(*) as tasks,
    w.max_parallel - (select count(*) from tasks t where t.workspace_key = w.key and t.status = 'processing') as room
from (
    select w.key, a.value as lane
    from workspaces w
    cross join json_each(w.ready_actions) as a
    cross join tasks t
    where w.ready_actions <> '[]' and not w.paused
        and t.workspace_key = w.key and coalesce(t.lane, t.action) = a.value and t.status = 'queued'
    limit @most
) r
join workspaces w on w.key = r.key
group by w.key, r.lane
