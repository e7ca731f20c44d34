-- The fence is in the condition: the row answers only while the lease is this one and unexpired.
insert into finished_tasks (
    id, workspace_key, action, status, score, score_source, attempt, max_attempts, timeout_ms, created_at, run_at, deadline_at,
    started_at, finished_at, lease_token, lease_expires_at, parent_id, delegation_depth, unresolved, progress_fraction,
    progress_message, result, error_code, error_message, error_retryable, input_tokens, output_tokens, cached_tokens,
    reasoning_tokens, cost_nanos, seq, timeline)
select id, workspace_key, action, @status, score, score_source, attempt, max_attempts, timeout_ms, created_at, run_at, deadline_at,
    started_at, @now, lease_token, lease_expires_at, parent_id, delegation_depth,
    has_dependents or (run_id is not null and not @advances) or (has_children and coalesce(@error_code, '') = 'deadline_exceeded'), progress_fraction,
    progress_message, @result, @error_code, @error_message, @error_retryable,
    case when @has_usage then coalesce(input_tokens, 0) + @input_tokens else input_tokens end,
    case when @has_usage then coalesce(output_tokens, 0) + @output_tokens else output_tokens end,
    case when @has_usage then coalesce(cached_tokens, 0) + @cached_tokens else cached_tokens end,
    case when @has_usage then coalesce(reasoning_tokens, 0) + @reasoning_tokens else reasoning_tokens end,
    case when @has_usage then coalesce(cost_nanos, 0) + @cost_nanos else cost_nanos end,
    seq + 1,
    timeline || ',[' || (seq + 1) || ',"' || @status || '",' || @now || ',' || attempt || ',' || coalesce(@data, 'null') || ']'
from tasks
where id = @id and lease_token = @token and lease_expires_at > @now
