-- Lane by lane along the index of the ready ones, until the bound: a limit within, so that no plan reads all of them first.
select w.key, r.lane, w.short_of_money, count(*) as tasks,
    w.max_parallel - (select count(*) from tasks t where t.workspace_key = w.key and t.status = 'processing') as room
from (
    select w.key, a.action as lane
    from workspaces w
    cross join unnest(w.ready_actions) as a(action)
    cross join lateral (
        select 1
        from tasks t
        where t.workspace_key = w.key and coalesce(t.lane, t.action) = a.action and t.status = 'queued'
        limit @most
    ) ready
    where w.ready_actions <> '{}' and not w.paused
    limit @most
) r
join workspaces w on w.key = r.key
group by w.key, r.lane
