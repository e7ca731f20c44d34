-- Of tasks no more are looked at than the bound, whatever they wait for; runs that ask have an index of their own.
select w.id, sum(asking.tasks) as tasks, sum(asking.runs) as runs
from (
    select aside.workspace_key, 1 as tasks, 0 as runs
    from (select workspace_key, waiting_for from tasks where status in ('scheduled', 'blocked', 'waiting') limit @most) aside
    where aside.waiting_for = 'approval'
    union all
    select waiting.workspace_key, 0, 1
    from (select workspace_key from runs where waits limit @most) waiting) asking
join workspaces w on w.key = asking.workspace_key
group by w.id
