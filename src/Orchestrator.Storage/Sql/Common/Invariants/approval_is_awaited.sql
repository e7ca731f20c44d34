-- A task waits for approval exactly while it has a request that is open.
select t.id, t.status, t.waiting_for
from tasks t
where (coalesce(t.waiting_for, '') = 'approval') <> exists (select 1 from approvals a where a.task_id = t.id and a.decision is null)
