-- The only clock in SQL. Tests move it by replacing it in their own schema.
create function orc_now() returns timestamptz language sql volatile as $$ select clock_timestamp() $$;

-- One entry of a task's timeline: [seq, type, microseconds since 1970, attempt, data].
create function orc_event(seq integer, type text, at timestamptz, attempt integer, data text) returns text
language sql immutable as $$
    select '[' || seq || ',"' || type || '",' || cast(extract(epoch from at) * 1000000 as bigint) || ',' || attempt || ','
        || coalesce(data, 'null') || ']'
$$;

-- A workspace is an actor: this row is its mailbox. A turn holds it FOR NO KEY UPDATE. Whatever makes a task ready or
-- frees a slot holds it FOR KEY SHARE until commit; parking takes it FOR UPDATE and looks again, so no wake-up is lost.
create table workspaces (
    key bigint generated always as identity primary key,
    id text not null unique,
    name text,
    goal text,
    weight double precision not null default 1 check (weight > 0),
    max_parallel integer check (max_parallel > 0),
    -- Virtual time of fair share: the lowest goes first.
    pass double precision not null default 0,
    -- Actions that may have ready tasks; an action leaves when a turn finds it empty.
    ready_actions text[] not null default '{}',
    -- Set by a turn that finds max_parallel used up; cleared when an attempt ends.
    at_limit boolean not null default false,
    paused boolean not null default false,
    paused_until timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check (paused or paused_until is null)
) with (fillfactor = 50);

create index workspaces_dispatchable on workspaces (pass, key)
    where ready_actions <> '{}' and not paused and not at_limit;
create index workspaces_pass on workspaces (pass);
create index workspaces_paused_until on workspaces (paused_until) where paused_until is not null;

-- What was asked for; written once, changed only before the task starts.
create table task_specs (
    id uuid primary key,
    workspace_key bigint not null,
    action text not null,
    name text,
    description text,
    owner_id text,
    tags text,
    skills text,
    resources text,
    depends_on text,
    on_dependency_failure text not null,
    parent_id uuid,
    redrive_of uuid,
    input bytea not null,
    created_at timestamptz not null
);

create index task_specs_by_workspace on task_specs (workspace_key, id);
create index task_specs_by_parent on task_specs (parent_id, id) where parent_id is not null;

-- Live tasks only, and narrow: every transition rewrites a row. The row carries its own timeline.
create table tasks (
    id uuid primary key,
    workspace_key bigint not null,
    action text not null,
    status text not null,
    waiting_for text,
    rank double precision not null,
    score integer not null,
    score_source text not null,
    attempt integer not null default 0,
    max_attempts integer not null,
    timeout_ms integer not null,
    created_at timestamptz not null,
    run_at timestamptz,
    deadline_at timestamptz,
    started_at timestamptz,
    lease_token uuid,
    lease_expires_at timestamptz,
    lease_silo uuid,
    -- The last lease that ended in another attempt, so that a repeated settlement is recognised.
    settled_token uuid,
    parent_id uuid,
    delegation_depth integer not null default 0,
    pending_dependencies integer not null default 0,
    has_dependents boolean not null default false,
    has_children boolean not null default false,
    progress_fraction double precision,
    progress_message text,
    error_code text,
    error_message text,
    error_retryable boolean,
    input_tokens bigint,
    output_tokens bigint,
    cached_tokens bigint,
    reasoning_tokens bigint,
    cost_nanos bigint,
    seq integer not null,
    timeline text not null,
    check (status in ('scheduled', 'blocked', 'queued', 'processing', 'waiting')),
    check ((status = 'processing') = (lease_token is not null)),
    check ((lease_token is null) = (lease_expires_at is null)),
    check ((status = 'waiting') = (waiting_for is not null)),
    check (status <> 'scheduled' or run_at is not null),
    check (status <> 'blocked' or pending_dependencies > 0),
    check (attempt between 0 and max_attempts)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

-- The order of the ready set is the index itself. Tasks that cannot run now are not in it.
create index tasks_ready on tasks (workspace_key, action, rank, id) where status = 'queued';
create index tasks_processing on tasks (workspace_key, id) where status = 'processing';
create index tasks_due on tasks (run_at) where status = 'scheduled';
create index tasks_deadline on tasks (deadline_at) where deadline_at is not null;
create index tasks_by_parent on tasks (parent_id, id) where parent_id is not null;

create table task_dependencies (
    depends_on uuid not null,
    task_id uuid not null,
    primary key (depends_on, task_id)
);

create index task_dependencies_by_task on task_dependencies (task_id);

create table finished_tasks (
    id uuid primary key,
    workspace_key bigint not null,
    action text not null,
    status text not null,
    score integer not null,
    score_source text not null,
    attempt integer not null,
    max_attempts integer not null,
    timeout_ms integer not null,
    created_at timestamptz not null,
    run_at timestamptz,
    deadline_at timestamptz,
    started_at timestamptz,
    finished_at timestamptz not null,
    -- The lease whose outcome was accepted; null when something else ended the task.
    lease_token uuid,
    lease_expires_at timestamptz,
    parent_id uuid,
    delegation_depth integer not null,
    -- True until dependants and children have been told.
    unresolved boolean not null,
    progress_fraction double precision,
    progress_message text,
    result bytea,
    error_code text,
    error_message text,
    error_retryable boolean,
    input_tokens bigint,
    output_tokens bigint,
    cached_tokens bigint,
    reasoning_tokens bigint,
    cost_nanos bigint,
    seq integer not null,
    timeline text not null,
    check (status in ('completed', 'failed', 'cancelled')),
    check ((status = 'completed') = (result is not null)),
    check (status = 'completed' or error_code is not null)
);

create index finished_tasks_by_end on finished_tasks (status, finished_at);
create index finished_tasks_unresolved on finished_tasks (id) where unresolved;

-- What running attempts report; transitions stand in the timeline of the row.
create table task_events (
    task_id uuid not null,
    seq integer not null,
    type text not null,
    at timestamptz not null,
    attempt integer not null,
    data text,
    primary key (task_id, seq)
);

create table idempotency_receipts (
    workspace_key bigint not null,
    idempotency_key text not null,
    body_hash bytea not null,
    task_ids text not null,
    created_at timestamptz not null,
    primary key (workspace_key, idempotency_key)
);

create index idempotency_receipts_by_age on idempotency_receipts (created_at);

create table silos (
    id uuid primary key,
    name text not null,
    host text not null,
    process_id integer not null,
    slots integer not null,
    busy integer not null,
    actions text not null,
    draining boolean not null,
    drain_requested boolean not null default false,
    started_at timestamptz not null,
    heartbeat_at timestamptz not null
);

-- The whole history of every task, one row an event.
create view task_history as
    select t.id as task_id,
        cast(e.value ->> 0 as integer) as seq,
        e.value ->> 1 as type,
        to_timestamp(cast(e.value ->> 2 as bigint) / 1000000.0) as at,
        cast(e.value ->> 3 as integer) as attempt,
        e.value ->> 4 as data
    from (select id, timeline from tasks union all select id, timeline from finished_tasks) t
    cross join lateral jsonb_array_elements(cast('[' || t.timeline || ']' as jsonb)) as e(value)
    union all
    select task_id, seq, type, at, attempt, data from task_events;

insert into workspaces (id, name, created_at, updated_at) values ('default', 'Default', orc_now(), orc_now());

-- One turn, in one round trip and one transaction. Each statement in here has its own snapshot, and the rows locked by
-- the first stay locked, so that what the later ones count is exact.
-- Answers the leased tasks, and one last row with a null task_id whose "more" says whether workspaces were passed over.
create function orc_take_turn(
    p_silo uuid, p_slots integer, p_actions text[], p_free integer[], p_lease interval, p_reach integer)
returns table (
    task_id uuid, token uuid, workspace_key bigint, workspace text, action text, attempt integer, max_attempts integer,
    timeout_ms integer, deadline_at timestamptz, to_deadline interval, waited interval, input bytea, more boolean)
language plpgsql as $$
#variable_conflict use_column
declare
    v_now timestamptz;
    v_keys bigint[];
    v_rooms integer[];
    v_claimed integer;
    v_more boolean;
    v_park bigint[];
    -- A parameter, so that looking up a row by its id is never planned as a walk along the index of the ready ones.
    v_queued text := 'queued';
begin
    select array_agg(c.key) into v_keys
    from (
        select w.key
        from workspaces w
        where w.ready_actions <> '{}' and not w.paused and not w.at_limit and w.ready_actions && p_actions
        order by w.pass, w.key
        limit p_reach
        for no key update skip locked
    ) c;

    v_more := exists (
        select 1
        from workspaces w
        where w.ready_actions <> '{}' and not w.paused and not w.at_limit and w.ready_actions && p_actions
            and w.key <> all (coalesce(v_keys, '{}')));

    if v_keys is null then
        return query select null::uuid, null::uuid, null::bigint, null::text, null::text, 0, 0, 0, null::timestamptz,
            null::interval, null::interval, null::bytea, v_more;
        return;
    end if;

    -- Counted in a statement of its own under the locks, so the limit is exact.
    select array_agg(
        case
            when w.max_parallel is null then p_slots
            else least(p_slots, w.max_parallel - (
                select count(*) from tasks t where t.workspace_key = w.key and t.status = 'processing'))
        end order by k.place)
    into v_rooms
    from unnest(v_keys) with ordinality as k(key, place)
    join workspaces w on w.key = k.key;

    -- After the count: every slot counted as free was freed before this moment.
    v_now := orc_now();

    return query
    with offered as materialized (
        select o.action, o.free from unnest(p_actions, p_free) as o(action, free)
    ),
    -- How deep to look into each workspace: twice its fair part, so that the others' unused parts find takers.
    turn as materialized (
        select w.key, w.id, w.pass, w.weight, w.ready_actions,
            least(r.room, 2 * cast(ceil(p_slots * w.weight / sum(w.weight) over ()) as integer) + 4) as depth
        from unnest(v_keys, v_rooms) as r(key, room)
        join workspaces w on w.key = r.key
        where r.room > 0
    ),
    head as materialized (
        select h.id, h.action,
            turn.pass + row_number() over (partition by turn.key order by h.rank, h.id) / turn.weight as pass
        from turn
        cross join lateral (
            select ready.id, ready.rank, ready.action
            from offered o
            cross join lateral (
                select t.id, t.rank, t.action
                from tasks t
                where t.workspace_key = turn.key and t.action = o.action and t.status = 'queued'
                order by t.rank, t.id
                limit least(turn.depth, o.free)
            ) ready
            where o.action = any (turn.ready_actions)
            order by ready.rank, ready.id
            limit turn.depth
        ) h
    ),
    chosen as materialized (
        select h.id, h.pass
        from (select head.*, row_number() over (partition by head.action order by head.pass, head.id) as place from head) h
        join offered o on o.action = h.action
        where h.place <= o.free
        order by h.pass, h.id
        limit p_slots
    ),
    -- Never waits for a task's row, so a turn takes part in no deadlock.
    locked as materialized (
        select t.id, c.pass
        from chosen c
        join tasks t on t.id = c.id
        where t.status = v_queued
        for no key update of t skip locked
    ),
    claimed as (
        update tasks t
        set status = 'processing',
            attempt = t.attempt + 1,
            started_at = coalesce(t.started_at, v_now),
            lease_token = gen_random_uuid(),
            lease_expires_at = v_now + p_lease,
            lease_silo = p_silo,
            seq = t.seq + 1,
            timeline = t.timeline || ','
                || orc_event(t.seq + 1, 'processing', v_now, t.attempt + 1, '{"silo":"' || p_silo || '"}')
        from locked l
        where t.id = l.id
        returning t.id, t.lease_token, t.workspace_key, t.action, t.attempt, t.max_attempts, t.timeout_ms, t.deadline_at,
            v_now - coalesce(t.run_at, t.created_at) as waited, l.pass
    ),
    advanced as (
        update workspaces w
        set pass = w.pass + c.grants / w.weight
        from (select claimed.workspace_key, count(*) as grants from claimed group by claimed.workspace_key) c
        where w.key = c.workspace_key
    )
    select c.id, c.lease_token, c.workspace_key, turn.id, c.action, c.attempt, c.max_attempts, c.timeout_ms, c.deadline_at,
        c.deadline_at - v_now, greatest(c.waited, interval '0'), s.input, null::boolean
    from claimed c
    join turn on turn.key = c.workspace_key
    join task_specs s on s.id = c.id
    order by c.pass;

    get diagnostics v_claimed = row_count;

    -- Take out what is empty or at its limit, also after a turn without a slot to spare: an empty workspace that stayed in
    -- would keep its old pass, and come back from idling with credit.
    v_park := array(
        select w.key
        from unnest(v_keys, v_rooms) as r(key, room)
        join workspaces w on w.key = r.key
        where r.room <= 0 or exists (
            select 1
            from unnest(w.ready_actions) as a(action)
            where a.action = any (p_actions) and not exists (
                select 1 from tasks t
                where t.workspace_key = w.key and t.action = a.action and t.status = 'queued')));

    if v_park <> '{}' then
        -- FOR UPDATE excludes everybody who is about to make a task ready or to free a slot here.
        v_park := array(select w.key from workspaces w where w.key = any (v_park) for update skip locked);

        update workspaces w
        set ready_actions = array(
                select a.action
                from unnest(w.ready_actions) as a(action)
                where a.action <> all (p_actions) or exists (
                    select 1 from tasks t
                    where t.workspace_key = w.key and t.action = a.action and t.status = 'queued')),
            at_limit = w.max_parallel is not null and w.max_parallel <= (
                select count(*) from tasks t where t.workspace_key = w.key and t.status = 'processing')
        where w.key = any (v_park);
    end if;

    -- What was visited may still have ready tasks beyond the depth looked at.
    v_more := v_more or (v_claimed > 0 and v_claimed < p_slots and exists (
        select 1
        from workspaces w
        where w.key = any (v_keys) and w.ready_actions && p_actions and not w.at_limit));

    return query select null::uuid, null::uuid, null::bigint, null::text, null::text, 0, 0, 0, null::timestamptz,
        null::interval, null::interval, null::bytea, v_more;
end $$;
