-- Moves every task whose lease is still held, by the database's clock, from the live to the finished ones.
with clock as materialized (
    select orc_now() as now
),
ending as materialized (
    select *
    from unnest(
        @ids, @tokens, @statuses, @results, @error_codes, @error_messages, @error_retryable, @data, @input_tokens,
        @output_tokens, @cached_tokens, @reasoning_tokens, @cost_nanos) as e(
        id, token, status, result, error_code, error_message, error_retryable, data, input_tokens, output_tokens, cached_tokens,
        reasoning_tokens, cost_nanos)
),
held as materialized (
    select t.id, t.lease_token
    from ending e
    join tasks t on t.id = e.id and t.lease_token = e.token
    where t.lease_expires_at > orc_now()
    order by t.id
    for no key update of t
),
gone as (
    delete from tasks t
    using held h
    where t.id = h.id and t.lease_token = h.lease_token and t.lease_expires_at > orc_now()
    returning t.*
)
insert into finished_tasks (
    id, workspace_key, action, status, score, score_source, attempt, max_attempts, timeout_ms, created_at, run_at, deadline_at,
    started_at, finished_at, lease_token, lease_expires_at, parent_id, delegation_depth, unresolved, progress_fraction,
    progress_message, result, error_code, error_message, error_retryable, input_tokens, output_tokens, cached_tokens,
    reasoning_tokens, cost_nanos, seq, timeline)
select t.id, t.workspace_key, t.action, e.status, t.score, t.score_source, t.attempt, t.max_attempts, t.timeout_ms, t.created_at,
    t.run_at, t.deadline_at, t.started_at, c.now, t.lease_token, t.lease_expires_at, t.parent_id, t.delegation_depth,
    t.has_dependents, t.progress_fraction, t.progress_message, e.result, e.error_code, e.error_message, e.error_retryable,
    coalesce(t.input_tokens + e.input_tokens, t.input_tokens, e.input_tokens),
    coalesce(t.output_tokens + e.output_tokens, t.output_tokens, e.output_tokens),
    coalesce(t.cached_tokens + e.cached_tokens, t.cached_tokens, e.cached_tokens),
    coalesce(t.reasoning_tokens + e.reasoning_tokens, t.reasoning_tokens, e.reasoning_tokens),
    coalesce(t.cost_nanos + e.cost_nanos, t.cost_nanos, e.cost_nanos),
    t.seq + 1, t.timeline || ',' || orc_event(t.seq + 1, e.status, c.now, t.attempt, e.data)
from gone t
join ending e on e.id = t.id and e.token = t.lease_token
cross join clock c
returning lease_token
