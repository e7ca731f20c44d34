select id, workspace_key, action, status, waiting_for, attempt, run_at
from tasks
where id = @id
for no key update
