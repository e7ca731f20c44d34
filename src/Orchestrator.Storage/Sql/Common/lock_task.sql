select id, workspace_key, coalesce(lane, action) as lane, status, waiting_for, attempt, continuation, run_at
from tasks
where id = @id
for no key update
