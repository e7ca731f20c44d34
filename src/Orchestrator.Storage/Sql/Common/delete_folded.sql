delete from budget_ledger where workspace_key = @key and entry <= @entry
