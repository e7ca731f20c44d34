select id, workspace_key, action, status, attempt, run_at, score, created_at
from tasks
where id = @id
for no key update
