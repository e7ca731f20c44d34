insert into budget_ledger (workspace_key, entry, kind, at, task_id, token, reserved_change, spent_change)
values (@key, @entry, @kind, @now, @task_id, @token, @reserved_change, @spent_change)
