-- A resource is a bucket of tokens or a semaphore.
create table resources (
    name text primary key,
    -- A bucket: refill (a second) and level in millionths of a token. It refills from level_at on; see TokenBucket.
    capacity integer check (capacity > 0),
    refill integer check (refill > 0),
    level integer,
    level_at integer,
    -- A provider said until when to leave it alone; the level says the same.
    closed_until integer,
    -- A semaphore: the permits held are those of the attempts that run. They are counted, so none can leak.
    permits integer check (permits > 0),
    -- When its queue is looked at again; null while nobody waits.
    retry_at integer,
    created_at integer not null,
    updated_at integer not null,
    check ((capacity is null) = (permits is not null)),
    check ((capacity is null) = (refill is null)),
    check ((capacity is null) = (level is null)),
    check ((level is null) = (level_at is null))
);

create index resources_retry on resources (retry_at) where retry_at is not null;

-- The queue of a resource in the order of rank, who was woken for it, and who holds permits. No task without resources is in it.
create index tasks_of_resources on tasks (status, waiting_on, rank, id) where resources is not null;
