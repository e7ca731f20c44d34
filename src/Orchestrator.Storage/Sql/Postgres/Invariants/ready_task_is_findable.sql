-- A turn finds every ready task: its workspace lists its action.
select t.id, t.action
from tasks t
join workspaces w on w.key = t.workspace_key
where t.status = 'queued' and t.action <> all (w.ready_actions)
