delete from webhook_deliveries
where (webhook_key, event_id) in (
    select webhook_key, event_id from webhook_deliveries
    where finished_at <= (select orc_now()) - @age
    order by finished_at
    limit @limit
    for update skip locked
)
returning webhook_key, at
