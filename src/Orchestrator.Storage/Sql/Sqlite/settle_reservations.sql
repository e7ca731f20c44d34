insert into budget_ledger (workspace_key, entry, kind, at, task_id, token, reserved_change, spent_change)
select g.workspace_key, @entries + row_number() over (order by g.at, g.token), case when c.value = 0 then 'release' else 'settle' end,
    @now, g.task_id, g.token, -g.reserved_nanos, c.value
from json_each(@tokens) as t
join json_each(@charges) as c on c.key = t.key
join guarded_attempts g on g.token = t.value
