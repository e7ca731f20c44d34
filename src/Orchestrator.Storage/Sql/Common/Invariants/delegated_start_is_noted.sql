-- An attempt of a delegated task counts from its start on.
select t.id, t.attempt
from tasks t
where t.status = 'processing' and t.delegation_depth > 0
    and not exists (select 1 from guarded_attempts g where g.token = t.lease_token)
