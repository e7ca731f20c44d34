-- What waits for a webhook that is disabled, and would have been given up by now.
update webhook_deliveries
set status = @status, next_attempt_at = null, finished_at = orc_now(), last_error = @last_error
where (webhook_key, event_id) in (
    select d.webhook_key, d.event_id
    from webhooks h
    join webhook_deliveries d on d.webhook_key = h.key
    where not h.enabled and d.status = 'pending' and d.since <= (select orc_now()) - @age
    limit @limit
    for update of d skip locked
)
