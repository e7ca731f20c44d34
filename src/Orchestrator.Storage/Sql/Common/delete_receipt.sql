delete from idempotency_receipts where workspace_key = @workspace_key and idempotency_key = @idempotency_key
