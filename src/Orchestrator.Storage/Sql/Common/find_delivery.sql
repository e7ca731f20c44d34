select d.event_id, d.type, d.workspace, d.task_id, d.run_id, d.status, d.attempts, d.at, d.next_attempt_at, d.last_attempt_at, d.last_status, d.last_error,
    d.finished_at
from webhook_deliveries d
join webhooks h on h.key = d.webhook_key
where h.id = @id and d.event_id = @event_id
