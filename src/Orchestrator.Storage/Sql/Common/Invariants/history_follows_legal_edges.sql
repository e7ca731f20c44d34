-- Consecutive states are edges of the lifecycle. Between two leases of a task stands the end of the first.
with legal (before, after) as (
    values
        ('submitted', 'queued'), ('submitted', 'scheduled'), ('submitted', 'blocked'),
        ('scheduled', 'queued'), ('scheduled', 'cancelled'), ('scheduled', 'failed'),
        ('blocked', 'queued'), ('blocked', 'scheduled'), ('blocked', 'cancelled'), ('blocked', 'failed'),
        ('queued', 'processing'), ('queued', 'scheduled'), ('queued', 'waiting'), ('queued', 'cancelled'), ('queued', 'failed'),
        ('processing', 'completed'), ('processing', 'queued'), ('processing', 'scheduled'), ('processing', 'waiting'),
        ('processing', 'failed'), ('processing', 'cancelled'),
        ('waiting', 'queued'), ('waiting', 'completed'), ('waiting', 'failed'), ('waiting', 'cancelled')
),
step as (
    select h.task_id, h.seq, h.type as after, lag(h.type) over (partition by h.task_id order by h.seq) as before
    from task_history h
    where h.type in (
        'submitted', 'scheduled', 'blocked', 'queued', 'processing', 'waiting', 'completed', 'failed', 'cancelled')
)
select s.task_id, s.seq, s.before, s.after
from step s
where (s.before is null and s.after <> 'submitted')
    or (s.before is not null and not exists (select 1 from legal l where l.before = s.before and l.after = s.after))
