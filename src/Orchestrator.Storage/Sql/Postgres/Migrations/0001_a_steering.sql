-- What people said to tasks, in order. Whoever writes one holds the row of its task.
create table task_messages (
    task_id uuid not null,
    number integer not null,
    role text not null,
    content text not null,
    at timestamptz not null,
    -- The attempt that took it in, together with a checkpoint.
    consumed_by uuid,
    consumed_at timestamptz,
    primary key (task_id, number),
    check (role in ('user', 'system')),
    check ((consumed_by is null) = (consumed_at is null))
);

-- What tasks asked people, and the answers. Whoever writes one holds the row of its task.
create table approvals (
    task_id uuid not null,
    number integer not null,
    -- By which an attempt finds the answer again; null for the last one.
    key text,
    question text not null,
    details bytea,
    requested_at timestamptz not null,
    expires_at timestamptz,
    -- Null while it is open. A request whose task has ended otherwise is withdrawn, at the latest when its time limit is over.
    decision text,
    edits bytea,
    comment text,
    decided_at timestamptz,
    primary key (task_id, number),
    check (decision in ('approve', 'reject', 'continue', 'retry', 'abort', 'expired', 'withdrawn')),
    check ((decision is null) = (decided_at is null))
);

create unique index approvals_open on approvals (task_id) where decision is null;
create index approvals_due on approvals (expires_at) where decision is null and expires_at is not null;
