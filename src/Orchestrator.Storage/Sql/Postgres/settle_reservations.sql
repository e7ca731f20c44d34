insert into budget_ledger (workspace_key, entry, kind, at, task_id, token, reserved_change, spent_change)
select g.workspace_key, @entries + row_number() over (order by g.at, g.token), case when c.charge = 0 then 'release' else 'settle' end,
    @now, g.task_id, g.token, -g.reserved_nanos, c.charge
from unnest(@tokens, @charges) as c(token, charge)
join guarded_attempts g on g.token = c.token
