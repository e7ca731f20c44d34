insert into approvals (task_id, number, key, question, details, requested_at, expires_at)
select @id, coalesce(max(number), 0) + 1, @key, @question, @details, @now, @expires_at from approvals where task_id = @id
returning number
