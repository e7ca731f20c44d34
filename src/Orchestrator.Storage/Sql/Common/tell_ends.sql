-- The webhooks are held, so that none is deleted before what is written for it can be seen.
insert into webhook_deliveries (webhook_key, event_id, type, workspace, task_id, seq, attempt, at, data, since, next_attempt_at)
select h.key, cast(f.id as text) || '.' || cast(f.seq as text), @type, w.id, f.id, f.seq, f.attempt, f.finished_at, @data, f.finished_at,
    f.finished_at
from finished_tasks f
join workspaces w on w.key = f.workspace_key
join webhooks h on h.workspace_key in (0, f.workspace_key)
where f.id = any (@ids) and h.enabled and (h.types like '%"*"%' or h.types like @type_pattern)
for key share of h
