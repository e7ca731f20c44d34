-- A turn finds every ready task: its workspace lists its lane.
select t.id, t.action, t.lane
from tasks t
join workspaces w on w.key = t.workspace_key
where t.status = 'queued' and coalesce(t.lane, t.action) <> all (w.ready_actions)
