-- A new UUIDv7 by the database's clock, for what is written without a caller who could give an id.
create function orc_new_id() returns uuid language sql volatile as $$
    select cast(encode(
        set_bit(set_bit(
            overlay(uuid_send(gen_random_uuid()) placing substring(int8send(cast(floor(date_part('epoch', orc_now()) * 1000) as bigint)) from 3)
                from 1 for 6),
            52, 1), 53, 1),
        'hex') as uuid)
$$;

-- Who is told of which events.
create table webhooks (
    key bigint generated always as identity primary key,
    id uuid not null unique,
    -- Whose events; 0 for those of all workspaces.
    workspace_key bigint not null,
    description text,
    url text not null,
    -- A list of event types, "*" for all.
    types text not null,
    secret text not null,
    enabled boolean not null,
    disabled_reason text,
    -- Since when every event that it wants has its delivery: a moment after the change that made it so was committed.
    complete_since timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check (not enabled or disabled_reason is null)
);

-- Every settlement looks here whether anybody is to be told.
create index webhooks_by_workspace on webhooks (workspace_key) where enabled;

-- The outbox: what one webhook is to be told of one event. Written in the transaction that makes the event.
create table webhook_deliveries (
    webhook_key bigint not null,
    -- The same for every try and every webhook.
    event_id text not null,
    type text not null,
    workspace text not null,
    task_id uuid,
    run_id uuid,
    -- Its place among the events of the task, the run or the workspace.
    seq bigint,
    attempt integer,
    at timestamptz not null,
    data text,
    status text not null default 'pending',
    attempts integer not null default 0,
    -- Since when it is tried; it is given up a fixed time later.
    since timestamptz not null,
    -- Whoever tries it moves this on first, past the end of the try.
    next_attempt_at timestamptz,
    last_attempt_at timestamptz,
    last_status integer,
    last_error text,
    finished_at timestamptz,
    primary key (webhook_key, event_id),
    check (status in ('pending', 'delivered', 'failed')),
    check ((status = 'pending') = (next_attempt_at is not null)),
    check ((status = 'pending') = (finished_at is null)),
    check (status <> 'delivered' or (attempts > 0 and last_status between 200 and 299))
);

create index webhook_deliveries_due on webhook_deliveries (webhook_key, next_attempt_at) where status = 'pending';
create index webhook_deliveries_by_end on webhook_deliveries (finished_at) where finished_at is not null;
