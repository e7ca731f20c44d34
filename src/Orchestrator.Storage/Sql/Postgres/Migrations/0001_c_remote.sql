-- Attempts of remote workers: what a process that did not lease them must know to renew and to settle them. Plain tasks have no row.
-- ends_at is the time limit of the attempt, beyond which no heartbeat moves its lease. settled_at is set with the end of the
-- attempt; the row stays a while, so that a worker which repeats it is recognised.
create table remote_leases (
    token uuid primary key,
    task_id uuid not null,
    workspace_key bigint not null,
    lane text not null,
    attempt integer not null,
    max_attempts integer not null,
    timeout_ms integer not null,
    is_probe boolean not null,
    silo uuid not null,
    started_at timestamptz not null,
    ends_at timestamptz not null,
    settled_at timestamptz,
    check (started_at < ends_at)
);

create index remote_leases_open on remote_leases (ends_at) where settled_at is null;
create index remote_leases_settled on remote_leases (settled_at) where settled_at is not null;
