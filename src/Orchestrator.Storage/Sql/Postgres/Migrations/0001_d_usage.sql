-- What settled attempts have consumed: a row for each workspace of a batch, until it is folded, so that nobody waits for the row of a
-- workspace. Settlements without usage have none. Days are counted from 1970-01-01 in UTC; cost is in billionths. No figure is more than
-- UsageSum.Most.
create table workspace_usage_entries (
    id bigint generated always as identity primary key,
    workspace_key bigint not null,
    day integer not null,
    input_tokens bigint not null,
    output_tokens bigint not null,
    cached_tokens bigint not null,
    reasoning_tokens bigint not null,
    cost_nanos bigint not null
);

create index workspace_usage_entries_by_workspace on workspace_usage_entries (workspace_key);

-- The entries that were folded.
create table workspace_usage (
    workspace_key bigint not null,
    day integer not null,
    input_tokens bigint not null,
    output_tokens bigint not null,
    cached_tokens bigint not null,
    reasoning_tokens bigint not null,
    cost_nanos bigint not null,
    primary key (workspace_key, day)
);

-- The day of a time, by UTC.
create function orc_day(p_at timestamptz) returns integer
language sql immutable as $$
    select cast(p_at at time zone 'UTC' as date) - date '1970-01-01'
$$;

-- A sum of usage, bounded: UsageSum.Most.
create function orc_bound_usage(p_sum numeric) returns bigint
language sql immutable as $$
    select cast(least(p_sum, 4500000000000000000) as bigint)
$$;

-- orc_finish_tasks for a batch that carries usage, each token once: what it wrote is counted in the same transaction and round trip.
create function orc_finish_tasks_with_usage(
    p_workspaces bigint[], p_ids uuid[], p_tokens uuid[], p_statuses text[], p_results bytea[], p_error_codes text[],
    p_error_messages text[], p_error_retryable boolean[], p_data text[], p_input_tokens bigint[], p_output_tokens bigint[],
    p_cached_tokens bigint[], p_reasoning_tokens bigint[], p_cost_nanos bigint[], p_webhook_scopes bigint[],
    p_type_patterns text[], p_advances boolean default false)
returns setof uuid
language plpgsql as $$
begin
    return query
    select f.refused
    from orc_finish_tasks(
        p_workspaces, p_ids, p_tokens, p_statuses, p_results, p_error_codes, p_error_messages, p_error_retryable, p_data,
        p_input_tokens, p_output_tokens, p_cached_tokens, p_reasoning_tokens, p_cost_nanos, p_webhook_scopes, p_type_patterns, p_advances) as f(refused);

    -- Rows that this transaction has inserted: what an earlier try has written was counted by that one.
    insert into workspace_usage_entries (
        workspace_key, day, input_tokens, output_tokens, cached_tokens, reasoning_tokens, cost_nanos)
    select f.workspace_key, orc_day(f.finished_at), orc_bound_usage(sum(e.input)), orc_bound_usage(sum(e.output)),
        orc_bound_usage(sum(e.cached)), orc_bound_usage(sum(e.reasoning)), orc_bound_usage(sum(e.cost))
    from unnest(p_ids, p_tokens, p_input_tokens, p_output_tokens, p_cached_tokens, p_reasoning_tokens, p_cost_nanos) as e(
        id, token, input, output, cached, reasoning, cost)
    join finished_tasks f on f.id = e.id and f.lease_token = e.token
    where e.input is not null and f.xmin = cast(pg_current_xact_id() as xid)
    group by f.workspace_key, orc_day(f.finished_at);
end $$;
