-- Since its deliveries are complete, every event of a workspace that a webhook wants to know of has one.
select h.id, e.workspace_key, e.seq, e.type
from webhooks h
join workspace_events e on h.workspace_key in (0, e.workspace_key) and e.at > h.complete_since
join workspaces w on w.key = e.workspace_key
where h.enabled
    and (h.types like '%"*"%' or h.types like '%"' || e.type || '"%')
    and not exists (
        select 1
        from webhook_deliveries d
        where d.webhook_key = h.key and d.workspace = w.id and d.task_id is null and d.run_id is null and d.seq = e.seq
    )
