insert into finished_tasks (
    id, workspace_key, action, status, score, score_source, attempt, max_attempts, timeout_ms, created_at, run_at, deadline_at,
    started_at, finished_at, lease_token, lease_expires_at, parent_id, delegation_depth, unresolved, progress_fraction,
    progress_message, result, error_code, error_message, error_retryable, input_tokens, output_tokens, cached_tokens,
    reasoning_tokens, cost_nanos, seq, timeline)
select t.id, t.workspace_key, t.action, @status, t.score, t.score_source, t.attempt, t.max_attempts, t.timeout_ms,
    t.created_at, t.run_at, t.deadline_at, t.started_at, c.now, @token, case when @token is null then null else t.lease_expires_at end,
    t.parent_id, t.delegation_depth,
    t.has_dependents or (t.run_id is not null and not @advances) or (t.has_children and (@status = 'cancelled' or coalesce(@error_code, '') = 'deadline_exceeded')), t.progress_fraction,
    t.progress_message, @result, @error_code, @error_message, @error_retryable,
    case when @has_usage then coalesce(t.input_tokens, 0) + @input_tokens else t.input_tokens end,
    case when @has_usage then coalesce(t.output_tokens, 0) + @output_tokens else t.output_tokens end,
    case when @has_usage then coalesce(t.cached_tokens, 0) + @cached_tokens else t.cached_tokens end,
    case when @has_usage then coalesce(t.reasoning_tokens, 0) + @reasoning_tokens else t.reasoning_tokens end,
    case when @has_usage then coalesce(t.cost_nanos, 0) + @cost_nanos else t.cost_nanos end,
    t.seq + 1, t.timeline || ',' || orc_event(t.seq + 1, @status, c.now, t.attempt, @data)
from tasks t
cross join (select orc_now() as now) c
where t.id = any (@ids)
