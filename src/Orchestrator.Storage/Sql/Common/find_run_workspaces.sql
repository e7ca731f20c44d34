select r.id, w.id as workspace
from runs r
join workspaces w on w.key = r.workspace_key
where r.id = any (@ids)
