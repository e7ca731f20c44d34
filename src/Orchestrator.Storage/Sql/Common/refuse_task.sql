-- The end of an attempt that a provider refused for its rate: it does not count, and the task waits for the resource.
update tasks
set status = 'waiting',
    waiting_for = 'resource',
    waiting_on = @resource,
    attempt = attempt - 1,
    refusals = coalesce(refusals, 0) + 1,
    settled_token = @settled_token,
    lease_token = null,
    lease_expires_at = null,
    lease_silo = null,
    error_code = @error_code,
    error_message = @error_message,
    error_retryable = @error_retryable,
    input_tokens = case when @has_usage then coalesce(input_tokens, 0) + @input_tokens else input_tokens end,
    output_tokens = case when @has_usage then coalesce(output_tokens, 0) + @output_tokens else output_tokens end,
    cached_tokens = case when @has_usage then coalesce(cached_tokens, 0) + @cached_tokens else cached_tokens end,
    reasoning_tokens = case when @has_usage then coalesce(reasoning_tokens, 0) + @reasoning_tokens else reasoning_tokens end,
    cost_nanos = case when @has_usage then coalesce(cost_nanos, 0) + @cost_nanos else cost_nanos end,
    seq = seq + 1,
    timeline = timeline || ',' || orc_event(seq + 1, 'waiting', @now, attempt, @data)
where id = @id and coalesce(refusals, 0) < @limit
