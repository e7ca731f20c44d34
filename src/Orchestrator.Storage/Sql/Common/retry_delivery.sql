update webhook_deliveries
set status = @status, since = orc_now(), next_attempt_at = orc_now(), finished_at = null
where webhook_key = (select key from webhooks where id = @id) and event_id = @event_id
