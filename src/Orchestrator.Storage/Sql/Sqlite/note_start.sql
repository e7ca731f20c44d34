insert into guarded_attempts (token, workspace_key, task_id, attempt, at, delegated, reserved_nanos, cost_before, is_open)
values (@token, @key, @id, @attempt, @now, @delegated, @reserved, @cost, @reserved is not null)
