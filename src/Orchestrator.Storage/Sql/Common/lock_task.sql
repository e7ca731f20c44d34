select id, workspace_key, action, status, waiting_for, attempt, continuation, run_at, score, created_at
from tasks
where id = @id
for no key update
