select r.id, r.workspace_key, r.root_id, cast(length(r.input) as bigint) as bytes
from runs r
where r.due_at <= (select orc_now())
order by r.due_at
limit @limit
