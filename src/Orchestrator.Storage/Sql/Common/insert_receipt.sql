insert into idempotency_receipts (workspace_key, idempotency_key, body_hash, task_ids, created_at)
values (@workspace_key, @idempotency_key, @body_hash, @task_ids, orc_now())
on conflict do nothing
