-- Moves tasks from the live to the finished ones, each if its lease is still held by the database's clock: in one round trip
-- and, when it is called alone, one transaction. Whoever advances the runs of the tasks in the same transaction says so. Answers the tokens of those
-- that it did not write; of ends that an earlier try has written, only where runs are advanced.
create function orc_finish_tasks(
    p_workspaces bigint[], p_ids uuid[], p_tokens uuid[], p_statuses text[], p_results bytea[], p_error_codes text[],
    p_error_messages text[], p_error_retryable boolean[], p_data text[], p_input_tokens bigint[], p_output_tokens bigint[],
    p_cached_tokens bigint[], p_reasoning_tokens bigint[], p_cost_nanos bigint[], p_webhook_scopes bigint[],
    p_type_patterns text[], p_advances boolean default false)
returns setof uuid
language plpgsql as $$
declare
    v_limited bigint[];
    v_now timestamptz;
    v_finished integer;
    v_first_expiry timestamptz;
    v_told boolean;
begin
    -- Before webhooks are looked for: an end that a new webhook is not told of has a time before it.
    v_now := orc_now();

    -- Whoever frees a slot, or money, of a limited workspace holds its row until commit, so that no turn parks it on a stale count.
    select
        array(
            select w.key from workspaces w
            where w.key = any (p_workspaces) and (w.max_parallel is not null or w.budgeted)
            order by w.key
            for key share),
        exists (select 1 from webhooks h where h.workspace_key = any (p_webhook_scopes) and h.enabled and h.types like any (p_type_patterns))
    into v_limited, v_told;

    -- In the order of the ids, so that two batches with the same tasks do not wait for each other in a circle.
    with ending as materialized (
        select *
        from unnest(
            p_ids, p_tokens, p_statuses, p_results, p_error_codes, p_error_messages, p_error_retryable, p_data, p_input_tokens,
            p_output_tokens, p_cached_tokens, p_reasoning_tokens, p_cost_nanos) as e(
            end_id, end_token, end_status, end_result, end_code, end_message, end_retryable, data, add_input, add_output, add_cached,
            add_reasoning, add_cost)
        order by e.end_id
    ),
    gone as (
        delete from tasks t
        using ending e
        where t.id = e.end_id and t.lease_token = e.end_token and t.lease_expires_at > orc_now()
        returning t.*, e.*
    ),
    done as (
        insert into finished_tasks (
            id, workspace_key, action, status, score, score_source, attempt, max_attempts, timeout_ms, created_at, run_at, deadline_at,
            started_at, finished_at, lease_token, lease_expires_at, parent_id, delegation_depth, unresolved, progress_fraction,
            progress_message, result, error_code, error_message, error_retryable, input_tokens, output_tokens, cached_tokens,
            reasoning_tokens, cost_nanos, seq, timeline)
        select g.id, g.workspace_key, g.action, g.end_status, g.score, g.score_source, g.attempt, g.max_attempts, g.timeout_ms,
            g.created_at, g.run_at, g.deadline_at, g.started_at, v_now, g.lease_token, g.lease_expires_at, g.parent_id,
            g.delegation_depth,
            g.has_dependents or (g.run_id is not null and not p_advances) or (g.has_children and coalesce(g.end_code, '') = 'deadline_exceeded'), g.progress_fraction, g.progress_message, g.end_result, g.end_code, g.end_message,
            g.end_retryable,
            coalesce(g.input_tokens + g.add_input, g.input_tokens, g.add_input),
            coalesce(g.output_tokens + g.add_output, g.output_tokens, g.add_output),
            coalesce(g.cached_tokens + g.add_cached, g.cached_tokens, g.add_cached),
            coalesce(g.reasoning_tokens + g.add_reasoning, g.reasoning_tokens, g.add_reasoning),
            coalesce(g.cost_nanos + g.add_cost, g.cost_nanos, g.add_cost),
            g.seq + 1, g.timeline || ',' || orc_event(g.seq + 1, g.end_status, v_now, g.attempt, g.data)
        from gone g
        returning lease_expires_at
    )
    select count(*), min(d.lease_expires_at) into v_finished, v_first_expiry from done d;

    -- The wait for a row that somebody else had locked may have outlasted the lease: then all is tried again, and refuses it.
    if v_first_expiry <= orc_now() then
        raise exception 'A lease ended while its result was written.' using errcode = 'serialization_failure';
    end if;

    -- The webhooks are held, so that none is deleted before what is written for it can be seen.
    if v_told then
        insert into webhook_deliveries (webhook_key, event_id, type, workspace, task_id, seq, attempt, at, data, since, next_attempt_at)
        select h.key, f.id || '.' || f.seq, 'task.' || f.status, w.id, f.id, f.seq, f.attempt, v_now, e.data, v_now, v_now
        from unnest(p_ids, p_tokens, p_data) as e(id, token, data)
        join finished_tasks f on f.id = e.id and f.lease_token = e.token and f.finished_at = v_now
        join workspaces w on w.key = f.workspace_key
        join webhooks h on h.workspace_key in (0, f.workspace_key)
        where h.enabled and (h.types like '%"*"%' or h.types like '%"task.' || f.status || '"%')
        for key share of h
        -- A batch may settle a task twice.
        on conflict do nothing;
    end if;

    if v_limited <> '{}' then
        update workspaces w set at_limit = false, short_of_money = false where w.key = any (v_limited) and (w.at_limit or w.short_of_money);
    end if;

    if v_finished < cardinality(p_ids) then
        return query
        select e.token
        from unnest(p_ids, p_tokens) as e(id, token)
        where not exists (
            select 1
            from finished_tasks f
            where f.id = e.id and f.lease_token = e.token and (not p_advances or f.xmin = cast(pg_current_xact_id() as xid)));
    end if;
end $$;
