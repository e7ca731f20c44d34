-- What a workspace sets of its fuses; null, or no row, for the defaults of FuseDefaults.
create table workspace_fuses (
    workspace_key bigint primary key,
    loop_executions integer check (loop_executions > 0),
    loop_window_seconds integer check (loop_window_seconds > 0),
    loop_pause_seconds integer check (loop_pause_seconds > 0),
    loop_count_all boolean,
    pending_delegated integer check (pending_delegated > 0),
    pending_total integer check (pending_total > 0),
    circuit_failures integer check (circuit_failures > 0),
    circuit_window_seconds integer check (circuit_window_seconds > 0),
    circuit_open_seconds integer check (circuit_open_seconds > 0),
    set_at timestamptz not null
);

-- A fuse that tripped once: whether it is tripped, since when and why. What came before a reset does not count.
create table fuse_states (
    workspace_key bigint not null,
    fuse text not null,
    tripped_at timestamptz,
    until_at timestamptz,
    reason text,
    trips integer not null default 0,
    reset_at timestamptz,
    primary key (workspace_key, fuse),
    check (tripped_at is not null or until_at is null)
);

create table workspace_events (
    workspace_key bigint not null,
    seq bigint not null,
    type text not null,
    at timestamptz not null,
    data text,
    primary key (workspace_key, seq)
);

create index workspace_events_by_age on workspace_events (at);

-- The attempts that a fuse counts, from their start on; written and settled by whoever holds the workspace.
create table guarded_attempts (
    token uuid primary key,
    workspace_key bigint not null,
    task_id uuid not null,
    attempt integer not null,
    at timestamptz not null,
    delegated boolean not null,
    -- What of the budget is reserved for it, and what its task had cost before; null without a budget.
    reserved_nanos bigint,
    cost_before bigint not null,
    -- Given back before it began, or refused by its provider: it is no execution.
    returned boolean not null default false,
    -- Given back after its worker had begun: nobody knows what it has cost.
    cut_off boolean not null default false,
    -- Whether its reservation is still to be settled.
    is_open boolean not null,
    check (not is_open or reserved_nanos is not null)
);

create index guarded_attempts_by_time on guarded_attempts (workspace_key, at);
create index guarded_attempts_by_age on guarded_attempts (at);
create index guarded_attempts_open on guarded_attempts (workspace_key, task_id) where is_open;

-- The sums of the ledger since it was last folded, in billionths; whoever changes them holds the workspace.
create table budgets (
    workspace_key bigint primary key,
    limit_nanos bigint not null check (limit_nanos > 0),
    reserved_nanos bigint not null default 0 check (reserved_nanos >= 0),
    spent_nanos bigint not null default 0 check (spent_nanos >= 0),
    -- The last entry of the ledger, and the last one when the limit was set.
    entries bigint not null default 0,
    limit_set_at bigint not null default 0,
    -- The last entry that was folded, and the sums up to it.
    folded bigint not null default 0,
    folded_reserved bigint not null default 0,
    folded_spent bigint not null default 0,
    warned boolean not null default false
);

create table budget_ledger (
    workspace_key bigint not null,
    entry bigint not null,
    kind text not null,
    at timestamptz not null,
    task_id uuid,
    token uuid,
    reserved_change bigint not null,
    spent_change bigint not null,
    primary key (workspace_key, entry),
    check (kind in ('reserve', 'settle', 'release', 'reset'))
);

create index budget_ledger_by_age on budget_ledger (at);

-- To count live tasks: those that neither are ready nor run, and the delegated ones.
create index tasks_set_aside on tasks (workspace_key) where status in ('scheduled', 'blocked', 'waiting');
create index tasks_delegated on tasks (workspace_key) where delegation_depth > 0;

-- Of the ready tasks that a turn has chosen, which the fuses of their workspaces let start, in their order, with what is to be
-- reserved for each (null without a budget). In a workspace nothing starts after one that may not, but what costs nothing after
-- one that costs too much: "held" names such workspaces, and "lacking" what was missing from the budget, or null where the anti-loop counter is used up.
-- The caller holds the workspaces; p_at is when the attempts start, at the earliest. FuseDefaults says the defaults.
create function orc_guard(
    p_keys bigint[], p_ids uuid[], p_actions text[], p_costs bigint[], p_at timestamptz, out ids uuid[], out costs bigint[],
    out held bigint[], out lacking bigint[])
language plpgsql as $$
declare
    v_keys bigint[];
    v_rooms bigint[];
    v_counts_all boolean[];
    v_left bigint[];
    v_stopped bigint[] := '{}';
    v_task record;
    v_place integer;
    v_cost bigint;
begin
    ids := '{}';
    costs := '{}';
    held := '{}';
    lacking := '{}';

    -- In a statement of its own under the locks, so that the count is exact.
    select array_agg(w.key order by w.key),
        array_agg(coalesce(f.loop_executions, 20) - (
            select count(*)
            from guarded_attempts g
            where g.workspace_key = w.key
                and g.at > greatest(
                    p_at - interval '1 second' * coalesce(f.loop_window_seconds, 300), coalesce(s.reset_at, '-infinity'))
                and not g.returned
                and (g.delegated or f.loop_count_all)) order by w.key),
        array_agg(coalesce(f.loop_count_all, false) order by w.key),
        array_agg(b.limit_nanos - b.spent_nanos - b.reserved_nanos order by w.key)
    into v_keys, v_rooms, v_counts_all, v_left
    from workspaces w
    left join workspace_fuses f on f.workspace_key = w.key
    left join fuse_states s on s.workspace_key = w.key and s.fuse = 'antiLoop'
    left join budgets b on b.workspace_key = w.key
    where w.key = any (p_keys) and w.guarded;

    for v_task in
        select t.id, t.workspace_key, coalesce(t.lane, t.action) as action, t.delegation_depth > 0 as delegated,
            exists (
                select 1
                from guarded_attempts g
                where g.workspace_key = t.workspace_key and g.task_id = t.id and g.is_open) as is_unsettled
        from unnest(p_ids) with ordinality as c(id, place)
        join tasks t on t.id = c.id
        order by c.place
    loop
        v_cost := null;
        v_place := array_position(v_keys, v_task.workspace_key);
        if v_place is not null then
            continue when v_task.workspace_key = any (v_stopped);
            if v_rooms[v_place] <= 0 and (v_task.delegated or v_counts_all[v_place]) then
                v_stopped := v_stopped || v_task.workspace_key;
                held := held || v_task.workspace_key;
                lacking := lacking || cast(null as bigint);
                continue;
            end if;

            if v_left[v_place] is not null then
                v_cost := coalesce(p_costs[array_position(p_actions, v_task.action)], greatest(v_left[v_place], 1));
                if v_task.is_unsettled then
                    v_stopped := v_stopped || v_task.workspace_key;
                end if;

                if v_task.is_unsettled or (v_cost > 0 and (v_cost > v_left[v_place] or v_task.workspace_key = any (held))) then
                    if v_task.workspace_key <> all (held) then
                        held := held || v_task.workspace_key;
                        lacking := lacking || v_cost;
                    end if;

                    continue;
                end if;

                v_left[v_place] := v_left[v_place] - v_cost;
            end if;

            if v_task.delegated or v_counts_all[v_place] then
                v_rooms[v_place] := v_rooms[v_place] - 1;
            end if;
        end if;

        ids := ids || v_task.id;
        costs := costs || v_cost;
    end loop;
end $$;

-- Writes down the attempts that a turn started of those that passed the guard, and what is reserved for them.
create function orc_note_starts(p_ids uuid[], p_costs bigint[], p_at timestamptz) returns void
language plpgsql as $$
declare
    v_processing text := 'processing';
begin
    with noted as (
        insert into guarded_attempts (token, workspace_key, task_id, attempt, at, delegated, reserved_nanos, cost_before, is_open)
        select t.lease_token, t.workspace_key, t.id, t.attempt, p_at, t.delegation_depth > 0, c.cost, coalesce(t.cost_nanos, 0),
            c.cost is not null
        from unnest(p_ids, p_costs) as c(id, cost)
        join tasks t on t.id = c.id
        join workspaces w on w.key = t.workspace_key
        left join workspace_fuses f on f.workspace_key = t.workspace_key
        where t.status = v_processing and w.guarded and (t.delegation_depth > 0 or c.cost is not null or f.loop_count_all)
        returning token, workspace_key, task_id, reserved_nanos
    ),
    reserved as materialized (
        select n.*, row_number() over (partition by n.workspace_key order by n.task_id) as place
        from noted n
        where n.reserved_nanos is not null
    ),
    written as (
        insert into budget_ledger (workspace_key, entry, kind, at, task_id, token, reserved_change, spent_change)
        select r.workspace_key, b.entries + r.place, 'reserve', p_at, r.task_id, r.token, r.reserved_nanos, 0
        from reserved r
        join budgets b on b.workspace_key = r.workspace_key
    )
    update budgets b
    set reserved_nanos = b.reserved_nanos + s.amount, entries = b.entries + s.entries
    from (
        select r.workspace_key, sum(r.reserved_nanos) as amount, count(*) as entries from reserved r group by r.workspace_key
    ) s
    where b.workspace_key = s.workspace_key;
end $$;
