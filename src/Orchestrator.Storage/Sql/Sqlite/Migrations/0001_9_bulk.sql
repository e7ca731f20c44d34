-- What is done to many tasks, step by step; after_id is the last task that was looked at.
create table bulk_operations (
    id text primary key,
    kind text not null,
    workspace_key integer not null,
    target_key integer,
    filter text not null,
    target text,
    dry_run integer not null,
    matched integer not null,
    done integer not null default 0,
    skipped integer not null default 0,
    errors text not null default '[]',
    after_id text not null default '00000000-0000-0000-0000-000000000000',
    created_at integer not null,
    finished_at integer,
    check (kind in ('cancel', 'retry', 'move')),
    check ((kind = 'move') = (target_key is not null))
);

create index bulk_operations_running on bulk_operations (created_at) where finished_at is null;
create index bulk_operations_by_end on bulk_operations (finished_at) where finished_at is not null;
