-- Who is told of which events.
create table webhooks (
    key integer primary key autoincrement,
    id text not null unique,
    -- Whose events; 0 for those of all workspaces.
    workspace_key integer not null,
    description text,
    url text not null,
    -- A list of event types, "*" for all.
    types text not null,
    secret text not null,
    enabled integer not null,
    disabled_reason text,
    -- Since when every event that it wants has its delivery: a moment after the change that made it so was committed.
    complete_since integer,
    created_at integer not null,
    updated_at integer not null,
    check (not enabled or disabled_reason is null)
);

-- Every settlement looks here whether anybody is to be told.
create index webhooks_by_workspace on webhooks (workspace_key) where enabled;

-- The outbox: what one webhook is to be told of one event. Written in the transaction that makes the event.
create table webhook_deliveries (
    webhook_key integer not null,
    -- The same for every try and every webhook.
    event_id text not null,
    type text not null,
    workspace text not null,
    task_id text,
    run_id text,
    -- Its place among the events of the task, the run or the workspace.
    seq integer,
    attempt integer,
    at integer not null,
    data text,
    status text not null default 'pending',
    attempts integer not null default 0,
    -- Since when it is tried; it is given up a fixed time later.
    since integer not null,
    -- Whoever tries it moves this on first, past the end of the try.
    next_attempt_at integer,
    last_attempt_at integer,
    last_status integer,
    last_error text,
    finished_at integer,
    primary key (webhook_key, event_id),
    check (status in ('pending', 'delivered', 'failed')),
    check ((status = 'pending') = (next_attempt_at is not null)),
    check ((status = 'pending') = (finished_at is null)),
    check (status <> 'delivered' or (attempts > 0 and last_status between 200 and 299))
);

create index webhook_deliveries_due on webhook_deliveries (webhook_key, next_attempt_at) where status = 'pending';
create index webhook_deliveries_by_end on webhook_deliveries (finished_at) where finished_at is not null;
