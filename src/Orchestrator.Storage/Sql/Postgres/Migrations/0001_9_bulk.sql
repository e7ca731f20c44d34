-- What is done to many tasks, step by step; after_id is the last task that was looked at.
create table bulk_operations (
    id uuid primary key,
    kind text not null,
    workspace_key bigint not null,
    target_key bigint,
    filter text not null,
    target text,
    dry_run boolean not null,
    matched bigint not null,
    done bigint not null default 0,
    skipped bigint not null default 0,
    errors text not null default '[]',
    after_id uuid not null default '00000000-0000-0000-0000-000000000000',
    created_at timestamptz not null,
    finished_at timestamptz,
    check (kind in ('cancel', 'retry', 'move')),
    check ((kind = 'move') = (target_key is not null))
);

create index bulk_operations_running on bulk_operations (created_at) where finished_at is null;
create index bulk_operations_by_end on bulk_operations (finished_at) where finished_at is not null;
