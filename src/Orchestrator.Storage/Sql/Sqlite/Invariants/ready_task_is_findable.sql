-- A turn finds every ready task: its workspace lists its lane.
select t.id, t.action, t.lane
from tasks t
join workspaces w on w.key = t.workspace_key
where t.status = 'queued' and coalesce(t.lane, t.action) not in (select value from json_each(w.ready_actions))
