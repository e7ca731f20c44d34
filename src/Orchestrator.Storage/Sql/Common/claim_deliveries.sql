update webhook_deliveries
set attempts = attempts + 1, last_attempt_at = @now, next_attempt_at = @until
where webhook_key = @key and event_id = any (@event_ids)
