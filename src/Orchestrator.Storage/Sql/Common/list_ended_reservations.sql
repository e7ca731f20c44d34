-- A turn starts no attempt of a task with a reservation that is not settled, so what stands in the task is how that one ended.
select g.token, g.attempt, g.reserved_nanos, g.cost_before, g.returned, g.cut_off,
    coalesce(t.cost_nanos, f.cost_nanos, 0) as cost,
    t.attempt as attempts_left,
    coalesce(t.settled_token, f.lease_token) as settled_token,
    coalesce(t.error_code, f.error_code) as error_code
from guarded_attempts g
left join tasks t on t.id = g.task_id
left join finished_tasks f on f.id = g.task_id
where g.workspace_key = @key and g.is_open and (t.lease_token is null or t.lease_token <> g.token)
order by g.at
limit @limit
