-- A failure counts only for the latest try; whatever try was answered well has delivered the event.
update webhook_deliveries
set status = @status, next_attempt_at = @next_attempt_at, finished_at = @finished_at, last_status = @last_status, last_error = @last_error
where webhook_key = @key and event_id = @event_id and status = @pending and (attempts = @attempts or @status = 'delivered')
