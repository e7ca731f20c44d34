delete from idempotency_receipts
where (workspace_key, idempotency_key) in (
    select workspace_key, idempotency_key from idempotency_receipts where created_at <= (select orc_now()) - @age order by created_at limit @limit)
