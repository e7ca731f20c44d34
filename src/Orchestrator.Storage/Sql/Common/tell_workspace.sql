-- The latest event of a workspace. The webhooks are held, so that none is deleted before what is written for it can be seen.
insert into webhook_deliveries (webhook_key, event_id, type, workspace, seq, at, data, since, next_attempt_at)
select h.key, @event_id, e.type, w.id, e.seq, e.at, e.data, e.at, e.at
from workspaces w
join workspace_events e on e.workspace_key = w.key and e.seq = w.event_seq
join webhooks h on h.workspace_key in (0, w.key)
where w.key = @key and h.enabled and (h.types like '%"*"%' or h.types like @type_pattern)
for key share of h
