-- The events of several runs, of each from one on.
-- The step and item of an event stand in what is told of it. The webhooks are held, so that none is deleted before what is written for it
-- can be seen.
insert into webhook_deliveries (webhook_key, event_id, type, workspace, run_id, seq, at, data, since, next_attempt_at)
select h.key, cast(e.run_id as text) || '.' || cast(e.seq as text), e.type, w.id, e.run_id, e.seq, e.at,
    case
        when e.step is null then e.data
        else '{"step":"' || e.step || '"' || coalesce(',"item":' || cast(e.item as text), '') || coalesce(',' || substr(e.data, 2), '}')
    end,
    e.at, e.at
from unnest(@run_ids, @firsts) as told(run_id, first)
join run_events e on e.run_id = told.run_id and e.last_seq >= told.first and e.seq >= told.first
join runs r on r.id = e.run_id
join workspaces w on w.key = r.workspace_key
join webhooks h on h.workspace_key in (0, r.workspace_key)
where h.enabled and (h.types like '%"*"%' or h.types like '%"' || e.type || '"%')
for key share of h
