-- Without those that need more than the resource ever has: nobody waits behind them.
select t.id, t.workspace_key, coalesce(t.lane, t.action) as lane, t.resources, w.paused
from tasks t
join workspaces w on w.key = t.workspace_key
where t.status = 'waiting' and t.waiting_on = @name and t.resources is not null
    and cast(cast(t.resources as jsonb) ->> t.waiting_on as bigint) <= @most
order by t.rank, t.id
limit @limit
