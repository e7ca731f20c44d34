-- Since its deliveries are complete, every event of a run that a webhook wants to know of has one.
select h.id, e.run_id, e.seq, e.type
from webhooks h
join runs r on h.workspace_key in (0, r.workspace_key)
join run_events e on e.run_id = r.id and e.at > h.complete_since
where h.enabled
    and (h.types like '%"*"%' or h.types like '%"' || e.type || '"%')
    and not exists (
        select 1
        from webhook_deliveries d
        where d.webhook_key = h.key and d.event_id = cast(e.run_id as text) || '.' || cast(e.seq as text)
    )
