-- Times are microseconds since 1970, ids are text, lists are JSON. The functions orc_now() and orc_event(...) are
-- registered on every connection.

-- A workspace is an actor: this row is its mailbox. SQLite has one writer, so a transaction is the lock.
create table workspaces (
    key integer primary key autoincrement,
    id text not null unique,
    name text,
    goal text,
    weight real not null default 1 check (weight > 0),
    max_parallel integer check (max_parallel > 0),
    -- How deep its tasks may create tasks; null for the default.
    max_delegation_depth integer check (max_delegation_depth >= 0),
    -- Virtual time of fair share: the lowest goes first.
    pass real not null default 0,
    -- Actions that may have ready tasks, or lanes of them; one leaves when a turn finds it empty.
    ready_actions text not null default '[]',
    -- Set by a turn that finds max_parallel used up; cleared when an attempt ends.
    at_limit integer not null default 0,
    -- Set when attempts that run hold what is left of its budget: until one ends only what costs nothing starts.
    short_of_money integer not null default 0,
    -- Whether it ever had tasks that need resources; turns of all others need not look for them.
    uses_resources integer not null default 0,
    -- Whether it ever had ready tasks that name skills; nobody looks for their lanes in others.
    uses_skills integer not null default 0,
    -- Whether a fuse counts what it starts; turns of all others need not look. And whether it has a budget: then the end of an
    -- attempt may make room.
    guarded integer not null default 0,
    budgeted integer not null default 0,
    -- Whether a circuit of it is not closed; turns of all others need not look.
    circuits_open integer not null default 0,
    -- Never less than its live tasks, and the delegated ones of them: what was counted last, and what was taken since then.
    -- What was taken counts only in its epoch.
    pending_epoch integer not null default 0,
    pending_total integer not null default 0,
    pending_delegated integer not null default 0,
    pending_counted_at integer,
    -- Its last event.
    event_seq integer not null default 0,
    paused integer not null default 0,
    -- Set by hand: silos look for its tasks by themselves only now and then.
    maintenance integer not null default 0,
    paused_until integer,
    -- The fuse that paused it; null for a pause by hand.
    paused_by text,
    created_at integer not null,
    updated_at integer not null,
    check (paused or paused_until is null),
    check (paused or paused_by is null)
);

create index workspaces_dispatchable on workspaces (pass, key)
    where ready_actions <> '[]' and not paused and not at_limit;
create index workspaces_with_skills on workspaces (key) where uses_skills;
create index workspaces_paused_until on workspaces (paused_until) where paused_until is not null;

-- The virtual time of fair share.
create table fair_share_clock (virtual_time real not null);
insert into fair_share_clock values (0);

-- What was asked for; written once, changed only before the task starts.
create table task_specs (
    id text primary key,
    workspace_key integer not null,
    action text not null,
    name text,
    description text,
    owner_id text,
    tags text,
    skills text,
    resources text,
    depends_on text,
    on_dependency_failure text not null,
    parent_id text,
    -- Names it among the children of its parent; null where its parent's worker did not create it.
    delegation_key text,
    redrive_of text,
    -- The run that it belongs to and the piece of work of it that it is (WorkKey); null for a task of no run.
    run_id text,
    step_key text,
    -- The span that it was submitted in (a traceparent of W3C); null where nobody looked.
    trace_parent text,
    -- The hint that the score starts from.
    priority integer not null,
    input blob not null,
    created_at integer not null
);

create index task_specs_by_workspace on task_specs (workspace_key, id);
create index task_specs_by_parent on task_specs (parent_id, id) where parent_id is not null;
create unique index task_specs_by_delegation_key on task_specs (parent_id, delegation_key) where delegation_key is not null;
create unique index task_specs_by_run on task_specs (run_id, step_key) where run_id is not null;

-- Live tasks only, and narrow: every transition rewrites a row. The row carries its own timeline.
create table tasks (
    id text primary key,
    workspace_key integer not null,
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
    rank real not null,
    score integer not null,
    score_source text not null,
    attempt integer not null default 0,
    max_attempts integer not null,
    timeout_ms integer not null,
    created_at integer not null,
    run_at integer,
    -- When a scheduled task becomes ready: run_at, or the end of a backoff.
    due_at integer,
    deadline_at integer,
    started_at integer,
    lease_token text,
    lease_expires_at integer,
    lease_silo text,
    -- The last lease that ended in another attempt, so that a repeated settlement is recognised.
    settled_token text,
    parent_id text,
    run_id text,
    delegation_depth integer not null default 0,
    -- How many tasks it waits for: while blocked those that it depends on, later those of its children that it waits for.
    pending_dependencies integer not null default 0,
    -- How many tasks wait for this one, as far as they count for its rank.
    blocked_tasks integer not null default 0,
    has_dependents integer not null default 0,
    has_children integer not null default 0,
    -- How often it has waited for children or people, null for never; and what its worker noted for the attempts to come, as JSON.
    continuation integer,
    checkpoint blob,
    progress_fraction real,
    progress_message text,
    error_code text,
    error_message text,
    error_retryable integer,
    input_tokens integer,
    output_tokens integer,
    cached_tokens integer,
    reasoning_tokens integer,
    cost_nanos integer,
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
);

-- The order of the ready set is the index itself. Tasks that cannot run now are not in it.
create index tasks_ready on tasks (workspace_key, coalesce(lane, action), rank, id) where status = 'queued';
create index tasks_processing on tasks (workspace_key, id) where status = 'processing';
create index tasks_high on tasks (workspace_key) where status = 'queued' and score >= 600;
create index tasks_due on tasks (due_at) where status = 'scheduled';
create index tasks_deadline on tasks (deadline_at) where deadline_at is not null;
create index tasks_by_parent on tasks (parent_id, id) where parent_id is not null;

create table task_dependencies (
    depends_on text not null,
    task_id text not null,
    primary key (depends_on, task_id)
);

create index task_dependencies_by_task on task_dependencies (task_id);

-- Tasks for which more or fewer may be waiting; their ranks follow shortly.
create table blocking_changes (
    id integer primary key autoincrement,
    task_id text not null
);

create table finished_tasks (
    id text primary key,
    workspace_key integer not null,
    action text not null,
    status text not null,
    score integer not null,
    score_source text not null,
    attempt integer not null,
    max_attempts integer not null,
    timeout_ms integer not null,
    created_at integer not null,
    run_at integer,
    deadline_at integer,
    started_at integer,
    finished_at integer not null,
    -- The lease whose outcome was accepted; null when something else ended the task.
    lease_token text,
    lease_expires_at integer,
    parent_id text,
    delegation_depth integer not null,
    -- True until dependants, children and the run have been told.
    unresolved integer not null,
    progress_fraction real,
    progress_message text,
    result blob,
    error_code text,
    error_message text,
    error_retryable integer,
    input_tokens integer,
    output_tokens integer,
    cached_tokens integer,
    reasoning_tokens integer,
    cost_nanos integer,
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
    task_id text not null,
    seq integer not null,
    type text not null,
    at integer not null,
    attempt integer not null,
    data text,
    primary key (task_id, seq)
);

create table idempotency_receipts (
    workspace_key integer not null,
    idempotency_key text not null,
    body_hash blob not null,
    task_ids text not null,
    created_at integer not null,
    primary key (workspace_key, idempotency_key)
);

create index idempotency_receipts_by_age on idempotency_receipts (created_at);

-- Workspaces whose goal was changed and whose pending tasks are scored anew, step by step; after_id is the last that was looked at.
create table goal_changes (
    workspace_key integer primary key,
    changed_at integer not null,
    after_id text not null
);

create table silos (
    id text primary key,
    name text not null,
    host text not null,
    process_id integer not null,
    slots integer not null,
    busy integer not null,
    actions text not null,
    draining integer not null,
    drain_requested integer not null default 0,
    started_at integer not null,
    heartbeat_at integer not null
);

-- The whole history of every task, one row an event.
create view task_history as
    select t.id as task_id,
        json_extract(e.value, '$[0]') as seq,
        json_extract(e.value, '$[1]') as type,
        json_extract(e.value, '$[2]') as at,
        json_extract(e.value, '$[3]') as attempt,
        json_extract(e.value, '$[4]') as data
    from (select id, timeline from tasks union all select id, timeline from finished_tasks) t,
        json_each('[' || t.timeline || ']') as e
    union all
    select task_id, seq, type, at, attempt, data from task_events;

insert into workspaces (id, name, created_at, updated_at) values ('default', 'Default', orc_now(), orc_now());
