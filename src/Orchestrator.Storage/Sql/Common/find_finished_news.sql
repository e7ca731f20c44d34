select t.id, w.id as workspace, s.run_id, t.seq, t.timeline
from finished_tasks t
join task_specs s on s.id = t.id
join workspaces w on w.key = t.workspace_key
where t.id = any (@ids)
