-- Sweep line: with every start +1 and every end -1, no attempt started since the limit was last set made more open ones
-- than it allows.
with step as (
    select h.task_id, h.type, h.at, lead(h.at) over (partition by h.task_id order by h.seq) as until
    from task_history h
    where h.type in (
        'submitted', 'scheduled', 'blocked', 'queued', 'processing', 'waiting', 'completed', 'failed', 'cancelled')
),
edge as (
    select s.workspace_key, p.at, 1 as change from step p join task_specs s on s.id = p.task_id where p.type = 'processing'
    union all
    select s.workspace_key, p.until, -1
    from step p
    join task_specs s on s.id = p.task_id
    where p.type = 'processing' and p.until is not null
),
level as (
    select workspace_key, at, change, sum(change) over (partition by workspace_key order by at, change) as running from edge
)
select w.id, l.at, l.running, w.max_parallel
from level l
join workspaces w on w.key = l.workspace_key
where w.max_parallel is not null and l.running > w.max_parallel and l.change > 0 and l.at >= w.updated_at
