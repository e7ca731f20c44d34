-- Runs. Whoever changes one holds the row of the first of its tree (root_id, that of a run without a parent is its own id), and with it
-- the whole tree. Lock order: workspaces, resources, tasks, roots, each by key.
create table runs (
    id uuid primary key,
    workspace_key bigint not null,
    definition_key bigint not null,
    root_id uuid not null,
    -- The run that it is a step of, and which piece of work of it (WorkKey).
    parent_id uuid,
    parent_work text,
    depth integer not null,
    status text not null,
    -- RunState. Written anew with each step; outputs stand in rows of their own.
    state bytea not null,
    -- Tasks and sub-runs under way; never more than max_parallel.
    in_flight integer not null,
    max_parallel integer not null,
    -- What sub-runs get whose definition does not say.
    default_max_parallel integer not null,
    priority integer not null,
    tags text,
    input bytea not null,
    output bytea,
    replay_of uuid,
    -- The span that it was started in, which its steps follow; null where nobody looked.
    trace_parent text,
    -- Its last event.
    event_seq integer not null,
    created_at timestamptz not null,
    -- When its first steps begin; null once they have.
    begins_at timestamptz,
    deadline_at timestamptz,
    -- When to look at it again even if nothing happens.
    due_at timestamptz,
    -- Whether tasks of it may be live that it has no use for any more; whoever finds that cancels them.
    abandons boolean not null,
    -- Whether a step of it waits for a person.
    waits boolean not null,
    finished_at timestamptz,
    check (status in ('started', 'completed', 'failed', 'aborted')),
    check ((status = 'started') = (finished_at is null)),
    check ((status = 'completed') = (output is not null)),
    check ((parent_id is null) = (parent_work is null)),
    check ((parent_id is null) = (root_id = id))
) with (fillfactor = 50);

create index runs_by_workspace on runs (workspace_key, id);
create index runs_waiting on runs (workspace_key, id) where waits;
create unique index runs_by_parent on runs (parent_id, parent_work) where parent_id is not null;
create index runs_by_root on runs (root_id) where parent_id is not null;
create index runs_live_by_root on runs (root_id) where parent_id is not null and finished_at is null;
create index runs_due on runs (due_at) where due_at is not null;
create index runs_abandoning on runs (id) where abandons;
create index runs_ended on runs (finished_at) where finished_at is not null and parent_id is null;

-- What steps answered, and items of steps: fetch, fetch[3].
create table run_outputs (
    run_id uuid not null,
    name text not null,
    output bytea not null,
    primary key (run_id, name)
);

-- Events, numbered from 1 without gaps under the lock of the run: those of one transaction in a row, as a JSON array of arrays of type,
-- step, item and data.
create table run_timelines (
    run_id uuid not null,
    first_seq integer not null,
    last_seq integer not null,
    at timestamptz not null,
    events text not null,
    primary key (run_id, last_seq),
    check (first_seq <= last_seq)
);

-- One row an event. Whoever asks for those after one asks for last_seq as well, by which they are found.
create view run_events as
    select t.run_id,
        t.last_seq,
        cast(t.first_seq + e.place - 1 as integer) as seq,
        e.value ->> 0 as type,
        t.at,
        e.value ->> 1 as step,
        cast(e.value ->> 2 as integer) as item,
        e.value ->> 3 as data
    from run_timelines t
    cross join lateral json_array_elements(cast(t.events as json)) with ordinality as e(value, place);

-- What equal inputs to equal actions answered lately, by SHA-256 (StepCache).
create table step_cache (
    workspace_key bigint not null,
    hash text not null,
    output bytea not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    primary key (workspace_key, hash)
);

create index step_cache_by_age on step_cache (expires_at);
