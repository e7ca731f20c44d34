select w.id as workspace, e.workspace_key, e.fingerprint, e.action, e.code, e.message, e.failed, e.retried, e.first_at, e.last_at, e.last_task_id
from error_groups e
join workspaces w on w.key = e.workspace_key
where (e.last_at, e.fingerprint) < (@last_at, @fingerprint) and (@workspace is null or w.id = @workspace)
order by e.last_at desc, e.fingerprint desc
limit @limit
