select t.id, w.id as workspace, t.run_id, t.seq, t.timeline
from tasks t
join workspaces w on w.key = t.workspace_key
where t.id = any (@ids)
