-- A circuit of a workspace and a provider that failed it; whoever writes it holds the workspace. See Circuit.
create table circuits (
    workspace_key integer not null,
    provider text not null,
    state text not null,
    since integer,
    -- When the failures were that count, the oldest first: microseconds since 1970, as JSON.
    failures text not null,
    pause integer not null,
    retry_at integer,
    -- The attempt that probes the provider.
    probe text,
    probe_task text,
    missed_at integer,
    -- When it is looked at to wake tasks that wait for it, or to see whether its probe is still there; null while nobody waits.
    look_at integer,
    updated_at integer not null,
    primary key (workspace_key, provider),
    check (state in ('closed', 'open', 'half_open')),
    check ((state = 'open') = (retry_at is not null)),
    check ((state = 'half_open') = (probe is not null)),
    check ((probe is null) = (probe_task is null))
);

create index circuits_look on circuits (look_at) where look_at is not null;
create index circuits_by_age on circuits (updated_at);

-- The tasks that wait for a provider, in the order of rank; the action is in it so that those that wait are known from the index alone.
create index tasks_of_providers on tasks (workspace_key, provider, rank, id, action) where waiting_for = 'provider';
