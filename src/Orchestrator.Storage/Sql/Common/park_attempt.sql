-- The end of an attempt after which its task waits: it does not count. Where nothing is left to wait for, the task is ready again at once.
update tasks
set status = case when @parked then 'waiting' else 'queued' end,
    waiting_for = case when @parked then @waiting_for end,
    pending_dependencies = @pending,
    attempt = attempt - 1,
    continuation = coalesce(continuation, 0) + 1,
    checkpoint = coalesce(@checkpoint, checkpoint),
    due_at = case when @parked then due_at else @now end,
    settled_token = @settled_token,
    lease_token = null,
    lease_expires_at = null,
    lease_silo = null,
    input_tokens = case when @has_usage then coalesce(input_tokens, 0) + @input_tokens else input_tokens end,
    output_tokens = case when @has_usage then coalesce(output_tokens, 0) + @output_tokens else output_tokens end,
    cached_tokens = case when @has_usage then coalesce(cached_tokens, 0) + @cached_tokens else cached_tokens end,
    reasoning_tokens = case when @has_usage then coalesce(reasoning_tokens, 0) + @reasoning_tokens else reasoning_tokens end,
    cost_nanos = case when @has_usage then coalesce(cost_nanos, 0) + @cost_nanos else cost_nanos end,
    seq = seq + case when @parked then 1 else 2 end,
    timeline = timeline || ',' || orc_event(seq + 1, 'waiting', @now, attempt, @data)
        || case when @parked then '' else ',' || orc_event(seq + 2, 'queued', @now, attempt - 1, null) end
where id = @id
