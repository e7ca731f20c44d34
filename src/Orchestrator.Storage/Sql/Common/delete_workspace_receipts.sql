delete from idempotency_receipts where workspace_key = @key
