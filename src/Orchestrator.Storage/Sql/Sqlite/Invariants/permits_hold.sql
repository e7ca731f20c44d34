-- Sweep line: with every start and every end of an attempt, never more permits of a semaphore were held than there are, by
-- attempts that started since their number was last set.
with step as (
    select h.task_id, h.type, h.at, lead(h.at) over (partition by h.task_id order by h.seq) as until
    from task_history h
    where h.type in (
        'submitted', 'scheduled', 'blocked', 'queued', 'processing', 'waiting', 'completed', 'failed', 'cancelled')
),
held as (
    select n.key as name, n.value as amount, p.at, p.until
    from step p
    join task_specs s on s.id = p.task_id, json_each(s.resources) as n
    where p.type = 'processing' and s.resources is not null
),
edge as (
    select name, at, amount as change from held
    union all
    select name, until, -amount from held where until is not null
),
level as (
    select name, at, change, sum(change) over (partition by name order by at, change) as held from edge
)
select r.name, l.at, l.held, r.permits
from level l
join resources r on r.name = l.name
where r.permits is not null and l.held > r.permits and l.change > 0 and l.at > r.updated_at
