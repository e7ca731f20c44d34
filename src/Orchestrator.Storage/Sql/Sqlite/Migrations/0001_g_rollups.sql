-- What happened, by buckets of time: a row for each process, workspace and action, in which whoever wrote it replaces its own figures.
-- Workspace 0 is all of them together, the empty action all actions of a workspace. Waits and durations are histograms, as
-- DurationHistogram writes them; cost is in billionths.
create table timeline_buckets (
    workspace_key integer not null,
    bucket_at integer not null,
    action text not null,
    process text not null,
    submitted integer not null,
    completed integer not null,
    failed integer not null,
    cancelled integer not null,
    retried integer not null,
    input_tokens integer not null,
    output_tokens integer not null,
    cost_nanos integer not null,
    waits text not null,
    durations text not null,
    primary key (workspace_key, action, bucket_at, process)
);

create index timeline_buckets_by_age on timeline_buckets (bucket_at);

-- What there was of each resource in a bucket of time, as whoever looked first saw it: in millionths, and in whole tokens or permits.
create table resource_levels (
    name text not null references resources (name) on delete cascade,
    bucket_at integer not null,
    available integer not null,
    most integer not null,
    primary key (name, bucket_at)
);

create index resource_levels_by_age on resource_levels (bucket_at);

-- Failures that are the same, added up. Whoever writes several takes them in the order of the key.
create table error_groups (
    workspace_key integer not null,
    fingerprint text not null,
    action text not null,
    code text not null,
    message text not null,
    failed integer not null,
    retried integer not null,
    first_at integer not null,
    last_at integer not null,
    last_task_id text not null,
    primary key (workspace_key, fingerprint),
    check (failed >= 0 and retried >= 0 and failed + retried > 0),
    check (first_at <= last_at)
);

create index error_groups_by_time on error_groups (last_at, fingerprint);
create index error_groups_by_count on error_groups (failed, fingerprint);

-- Who did, or tried to do, what. Rows are only added, and deleted by age.
create table audit_log (
    id integer primary key autoincrement,
    at integer not null,
    actor text not null,
    source_address text,
    operation text not null,
    target_kind text,
    target_id text,
    -- The workspace's id, not its key: the entry outlives it.
    workspace text,
    status integer not null,
    problem_type text,
    trace_id text,
    check (target_kind is not null or target_id is null)
);

create index audit_log_by_age on audit_log (at);
-- What changed nothing.
create index audit_log_of_refusals on audit_log (id) where status between 400 and 498;
