-- Every reservation is made once, and settled or released once as soon as it is no longer open.
with ledger as (
    select l.token,
        sum(case when l.kind = 'reserve' then 1 else 0 end) as made,
        sum(case when l.kind = 'reserve' then 0 else 1 end) as settled
    from budget_ledger l
    where l.token is not null
    group by l.token
)
select l.token, l.made, l.settled
from ledger l
left join guarded_attempts g on g.token = l.token and g.is_open
where l.made > 1 or l.settled <> case when g.token is null then 1 else 0 end
