-- Between any two grants of a bucket no more was granted than it holds and what came in between, since it was last set.
-- With S for all that was granted up to a moment t: S(t) - rate t never exceeds the least of what it was before by more than
-- the capacity. The history is exact to two microseconds.
with grants as (
    select r.name, r.capacity, r.refill / 1000000.0 as rate, extract(epoch from h.at - r.updated_at) as t,
        sum(cast(n.value as bigint)) as amount
    from task_history h
    join task_specs s on s.id = h.task_id
    cross join lateral jsonb_each_text(cast(s.resources as jsonb)) as n(key, value)
    join resources r on r.name = n.key
    where h.type = 'processing' and s.resources is not null and r.capacity is not null and h.at > r.updated_at
    group by r.name, r.capacity, r.refill, h.at, r.updated_at
),
summed as (
    select g.*, sum(g.amount) over (partition by g.name order by g.t) as granted from grants g
),
bounded as (
    select s.*, min(s.granted - s.amount - s.rate * s.t) over (partition by s.name order by s.t) as least from summed s
)
select b.name, b.t, b.granted
from bounded b
where b.granted - b.rate * (b.t + 0.000002) - b.least > b.capacity
