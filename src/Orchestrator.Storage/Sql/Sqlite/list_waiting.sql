-- Without those that need more than the resource ever has: nobody waits behind them.
select t.id, t.workspace_key, coalesce(t.lane, t.action) as lane, t.resources, w.paused
from tasks t
join workspaces w on w.key = t.workspace_key
where t.status = 'waiting' and t.waiting_on = @name and t.resources is not null
    and (select n.value from json_each(t.resources) as n where n.key = t.waiting_on) <= @most
order by t.rank, t.id
limit @limit
