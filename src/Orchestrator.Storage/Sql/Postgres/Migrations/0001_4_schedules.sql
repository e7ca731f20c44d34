create table schedules (
    key bigint generated always as identity primary key,
    id text not null unique,
    workspace_key bigint not null,
    cron text,
    time_zone text,
    interval_ms bigint,
    -- Where intervals are counted from.
    anchor_at timestamptz not null,
    missed_fires text not null,
    paused boolean not null,
    -- What every fire submits, and its input.
    task text not null,
    input bytea not null,
    next_fire_at timestamptz,
    last_fire_at timestamptz,
    last_task_id uuid,
    last_error text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check ((cron is null) <> (interval_ms is null)),
    check ((cron is null) = (time_zone is null)),
    check (missed_fires in ('skip', 'once')),
    check (not paused or next_fire_at is null)
);

create index schedules_due on schedules (next_fire_at) where next_fire_at is not null;
create index schedules_by_workspace on schedules (workspace_key);

-- The times that were fired, once each, with the task that came of it or why none did. Kept as long as receipts.
create table schedule_fires (
    schedule_key bigint not null,
    fire_at timestamptz not null,
    task_id uuid,
    error text,
    fired_at timestamptz not null,
    primary key (schedule_key, fire_at),
    check ((task_id is null) = (error is not null))
);

create index schedule_fires_by_age on schedule_fires (fired_at);
