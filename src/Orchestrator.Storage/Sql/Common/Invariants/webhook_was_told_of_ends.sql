-- Since its deliveries are complete, every end that a webhook wants to know of has one.
select h.id, f.id as task_id, f.status, f.finished_at
from webhooks h
join finished_tasks f on h.workspace_key in (0, f.workspace_key) and f.finished_at > h.complete_since
where h.enabled
    and (h.types like '%"*"%' or h.types like '%"task.' || f.status || '"%')
    and not exists (
        select 1
        from webhook_deliveries d
        where d.webhook_key = h.key and d.event_id = cast(f.id as text) || '.' || cast(f.seq as text)
    )
