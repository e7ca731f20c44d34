-- The only clock in SQL. Tests move it by replacing it in their own schema.
create function orc_now() returns timestamptz language sql volatile as $$ select clock_timestamp() $$;

-- One entry of a task's timeline: [seq, type, microseconds since 1970, attempt, data]. It must stay such that the planner
-- puts it in line (stable, each argument used once), because it is evaluated for every task in every transition.
create function orc_event(seq integer, type text, at timestamptz, attempt integer, data text) returns text
language sql stable as $$
    select '[' || seq || ',"' || type || '",' || cast(date_part('epoch', at) * 1000000 as bigint) || ',' || attempt || ','
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
    -- How deep its tasks may create tasks; null for the default.
    max_delegation_depth integer check (max_delegation_depth >= 0),
    -- Virtual time of fair share: the lowest goes first.
    pass double precision not null default 0,
    -- Actions that may have ready tasks, or lanes of them; one leaves when a turn finds it empty.
    ready_actions text[] not null default '{}',
    -- Set by a turn that finds max_parallel used up; cleared when an attempt ends.
    at_limit boolean not null default false,
    -- Set when attempts that run hold what is left of its budget: until one ends only what costs nothing starts.
    short_of_money boolean not null default false,
    -- Whether it ever had tasks that need resources; turns of all others need not look for them.
    uses_resources boolean not null default false,
    -- Whether it ever had ready tasks that name skills; nobody looks for their lanes in others.
    uses_skills boolean not null default false,
    -- Whether a fuse counts what it starts; turns of all others need not look. And whether it has a budget: then the end of an
    -- attempt may make room.
    guarded boolean not null default false,
    budgeted boolean not null default false,
    -- Whether a circuit of it is not closed; turns of all others need not look.
    circuits_open boolean not null default false,
    -- Never less than its live tasks, and the delegated ones of them: what was counted last, and what processes took since
    -- then. What they took counts only in the epoch in which they did.
    pending_epoch bigint not null default 0,
    pending_total bigint not null default 0,
    pending_delegated bigint not null default 0,
    pending_counted_at timestamptz,
    -- Its last event.
    event_seq bigint not null default 0,
    paused boolean not null default false,
    -- Set by hand: silos look for its tasks by themselves only now and then.
    maintenance boolean not null default false,
    paused_until timestamptz,
    -- The fuse that paused it; null for a pause by hand.
    paused_by text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check (paused or paused_until is null),
    check (paused or paused_by is null)
) with (fillfactor = 50);

create index workspaces_dispatchable on workspaces (pass, key)
    where ready_actions <> '{}' and not paused and not at_limit;
create index workspaces_with_skills on workspaces (key) where uses_skills;
create index workspaces_paused_until on workspaces (paused_until) where paused_until is not null;

-- The virtual time of fair share, in whole grants. A sequence, because whoever reads or advances it must not wait.
create sequence fair_share_clock minvalue 0 start 0;

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
    -- Names it among the children of its parent; null where its parent's worker did not create it.
    delegation_key text,
    redrive_of uuid,
    -- The run that it belongs to and the piece of work of it that it is (WorkKey); null for a task of no run.
    run_id uuid,
    step_key text,
    -- The span that it was submitted in (a traceparent of W3C); null where nobody looked.
    trace_parent text,
    -- The hint that the score starts from.
    priority integer not null,
    input bytea not null,
    created_at timestamptz not null
);

create index task_specs_by_workspace on task_specs (workspace_key, id);
create index task_specs_by_parent on task_specs (parent_id, id) where parent_id is not null;
create unique index task_specs_by_delegation_key on task_specs (parent_id, delegation_key) where delegation_key is not null;
create unique index task_specs_by_run on task_specs (run_id, step_key) where run_id is not null;

-- Live tasks only, and narrow: every transition rewrites a row. The row carries its own timeline.
create table tasks (
    id uuid primary key,
    workspace_key bigint not null,
    action text not null,
    -- The action and the skills that it needs (TaskLane); null when it needs none.
    lane text,
    status text not null,
    waiting_for text,
    -- The resource that it waits for, or was woken for and has not been granted yet; and what it needs, as in its specification.
    waiting_on text,
    resources text,
    -- The provider that it waits for.
    provider text,
    -- How often a provider refused it for its rate; null for never.
    refusals integer,
    rank double precision not null,
    score integer not null,
    score_source text not null,
    attempt integer not null default 0,
    max_attempts integer not null,
    timeout_ms integer not null,
    created_at timestamptz not null,
    run_at timestamptz,
    -- When a scheduled task becomes ready: run_at, or the end of a backoff.
    due_at timestamptz,
    deadline_at timestamptz,
    started_at timestamptz,
    lease_token uuid,
    lease_expires_at timestamptz,
    lease_silo uuid,
    -- The last lease that ended in another attempt, so that a repeated settlement is recognised.
    settled_token uuid,
    parent_id uuid,
    run_id uuid,
    delegation_depth integer not null default 0,
    -- How many tasks it waits for: while blocked those that it depends on, later those of its children that it waits for.
    pending_dependencies integer not null default 0,
    -- How many tasks wait for this one, as far as they count for its rank.
    blocked_tasks integer not null default 0,
    has_dependents boolean not null default false,
    has_children boolean not null default false,
    -- How often it has waited for children or people, null for never; and what its worker noted for the attempts to come, as JSON.
    continuation integer,
    checkpoint bytea,
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
    check ((coalesce(waiting_for, '') = 'provider') = (provider is not null)),
    check (status <> 'scheduled' or due_at is not null),
    check (status <> 'blocked' or pending_dependencies > 0),
    check (waiting_for <> 'children' or pending_dependencies > 0),
    check (attempt between 0 and max_attempts)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

-- The order of the ready set is the index itself. Tasks that cannot run now are not in it.
create index tasks_ready on tasks (workspace_key, coalesce(lane, action), rank, id) where status = 'queued';
create index tasks_processing on tasks (workspace_key, id) where status = 'processing';
create index tasks_high on tasks (workspace_key) where status = 'queued' and score >= 600;
create index tasks_due on tasks (due_at) where status = 'scheduled';
create index tasks_deadline on tasks (deadline_at) where deadline_at is not null;
create index tasks_by_parent on tasks (parent_id, id) where parent_id is not null;

create table task_dependencies (
    depends_on uuid not null,
    task_id uuid not null,
    primary key (depends_on, task_id)
);

create index task_dependencies_by_task on task_dependencies (task_id);

-- Tasks for which more or fewer may be waiting; their ranks follow shortly.
create table blocking_changes (
    id bigint generated always as identity primary key,
    task_id uuid not null
);

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
    -- True until dependants, children and the run have been told.
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

-- Workspaces whose goal was changed and whose pending tasks are scored anew, step by step; after_id is the last that was looked at.
create table goal_changes (
    workspace_key bigint primary key,
    changed_at timestamptz not null,
    after_id uuid not null
);

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
