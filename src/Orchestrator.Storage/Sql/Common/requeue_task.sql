-- The end of an attempt that is not the end of the task. A refunded attempt does not count.
update tasks
set status = @status,
    attempt = attempt - @refund,
    started_at = case when attempt > @refund or continuation is not null then started_at end,
    due_at = case when @status = 'scheduled' then @due_at else due_at end,
    settled_token = @settled_token,
    lease_token = null,
    lease_expires_at = null,
    lease_silo = null,
    error_code = coalesce(@error_code, error_code),
    error_message = coalesce(@error_message, error_message),
    error_retryable = coalesce(@error_retryable, error_retryable),
    input_tokens = case when @has_usage then coalesce(input_tokens, 0) + @input_tokens else input_tokens end,
    output_tokens = case when @has_usage then coalesce(output_tokens, 0) + @output_tokens else output_tokens end,
    cached_tokens = case when @has_usage then coalesce(cached_tokens, 0) + @cached_tokens else cached_tokens end,
    reasoning_tokens = case when @has_usage then coalesce(reasoning_tokens, 0) + @reasoning_tokens else reasoning_tokens end,
    cost_nanos = case when @has_usage then coalesce(cost_nanos, 0) + @cost_nanos else cost_nanos end,
    seq = seq + @events,
    timeline = timeline || ',' || case
        when @events = 2 then orc_event(seq + 1, 'retry', @now, attempt, @retry_data) || ','
            || orc_event(seq + 2, @status, @now, attempt, null)
        else orc_event(seq + 1, @status, @now, attempt, @requeue_data)
    end
where id = @id
