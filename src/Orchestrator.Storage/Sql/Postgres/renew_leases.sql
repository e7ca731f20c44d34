with held as materialized (
    select t.id
    from unnest(@ids, @tokens) as l(id, token)
    join tasks t on t.id = l.id and t.lease_token = l.token
    where t.lease_expires_at > orc_now()
    order by t.id
    for no key update of t
)
update tasks t
set lease_expires_at = orc_now() + @duration
from held
where t.id = held.id and t.lease_expires_at > orc_now()
returning t.lease_token
