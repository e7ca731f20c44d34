-- A resource is a bucket of tokens or a semaphore. Whoever grants of it holds the row, in the order of the names.
create table resources (
    name text primary key,
    -- A bucket: refill (a second) and level in millionths of a token. It refills from level_at on; see TokenBucket.
    capacity integer check (capacity > 0),
    refill bigint check (refill > 0),
    level bigint,
    level_at timestamptz,
    -- A provider said until when to leave it alone; the level says the same.
    closed_until timestamptz,
    -- A semaphore: the permits held are those of the attempts that run. They are counted, so none can leak.
    permits integer check (permits > 0),
    -- When its queue is looked at again; null while nobody waits.
    retry_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check ((capacity is null) = (permits is not null)),
    check ((capacity is null) = (refill is null)),
    check ((capacity is null) = (level is null)),
    check ((level is null) = (level_at is null))
) with (fillfactor = 50);

create index resources_retry on resources (retry_at) where retry_at is not null;

-- The queue of a resource in the order of rank, who was woken for it, and who holds permits. No task without resources is in it.
create index tasks_of_resources on tasks (status, waiting_on, rank, id) where resources is not null;

-- What a bucket holds, in millionths.
create function orc_available(capacity integer, refill bigint, level bigint, level_at timestamptz, moment timestamptz) returns bigint
language sql immutable as $$
    select cast(least(
        cast(capacity as numeric) * 1000000,
        level + floor(refill * greatest(0, extract(epoch from moment - level_at)))) as bigint)
$$;

-- Takes what a bucket holds: TokenBucket.Take. The caller holds the row.
create function orc_take_tokens(p_name text, p_amount bigint, p_at timestamptz) returns void
language plpgsql as $$
declare
    v_bucket resources;
    v_available bigint;
    v_missing bigint;
    v_margin bigint;
    v_seconds bigint;
begin
    select * into strict v_bucket from resources r where r.name = p_name;
    v_available := orc_available(v_bucket.capacity, v_bucket.refill, v_bucket.level, v_bucket.level_at, p_at);
    v_missing := v_bucket.capacity * cast(1000000 as bigint) - v_available;
    v_margin := least(v_bucket.refill, (v_bucket.capacity * cast(1000000 as bigint) - p_amount) / 10);
    if v_missing = 0 or v_missing < v_margin then
        update resources r
        set level = v_available - p_amount,
            level_at = greatest(v_bucket.level_at, p_at + interval '1 microsecond'
                * cast(ceil(greatest(0, v_margin - v_missing) * 1000000.0 / v_bucket.refill) as double precision))
        where r.name = p_name;
    else
        v_seconds := floor(greatest(0, extract(epoch from p_at - v_bucket.level_at)));
        update resources r
        set level = v_bucket.level + v_bucket.refill * v_seconds - p_amount,
            level_at = v_bucket.level_at + interval '1 second' * v_seconds
        where r.name = p_name;
    end if;
end $$;

-- Of the ready tasks that a turn has chosen, which may start: those without resources, and those that get all that they need.
-- The others leave the ready set into the queue of the first resource that they lack. Workspaces are locked; resources follow,
-- by name, and then the tasks that need them; for the row of a task it never waits.
-- Answers the tasks in their order, the moment at which that is so, and how many left.
create function orc_acquire(p_ids uuid[], out ids uuid[], out moment timestamptz, out parked integer)
language plpgsql as $$
declare
    v_limited uuid[];
    v_names text[];
    -- By the place of the name: what is left, and what of it is kept for tasks that were woken for it. In millionths.
    v_free bigint[];
    v_kept bigint[];
    v_granted uuid[] := '{}';
    v_task record;
    v_need record;
    v_lacking text;
    v_amount bigint;
    v_place integer;
    v_retry timestamptz;
    -- Parameters, so that no plan is a walk along the index of all that are ready or run; and no "is not null" beside an id.
    v_queued text := 'queued';
    v_processing text := 'processing';
begin
    parked := 0;
    v_limited := array(select t.id from tasks t where t.id = any (p_ids) and coalesce(t.resources, '') <> '');
    if v_limited = '{}' then
        ids := p_ids;
        moment := orc_now();
        return;
    end if;

    v_names := array(
        select r.name
        from resources r
        where r.name in (
            select n.name
            from tasks t
            cross join lateral jsonb_object_keys(cast(t.resources as jsonb)) as n(name)
            where t.id = any (v_limited))
        order by r.name
        for no key update of r);

    -- Counted in a statement of its own under the locks, so the number of permits is exact.
    v_free := array(
        select cast(
            case when r.permits is not null then r.permits - coalesce((
                select sum(cast(cast(t.resources as jsonb) ->> r.name as bigint))
                from tasks t
                where t.status = v_processing and t.resources is not null), 0)
            end * 1000000 as bigint)
        from resources r
        where r.name = any (v_names)
        order by r.name);

    -- After the count: every permit counted as free was freed before this moment.
    moment := orc_now();
    select
        array_agg(coalesce(
            v_free[n.place], orc_available(r.capacity, r.refill, r.level, r.level_at, moment)) order by n.place),
        array_agg(cast(coalesce((
            select sum(cast(cast(t.resources as jsonb) ->> n.name as bigint))
            from tasks t
            where t.status = v_queued and t.waiting_on = n.name and t.resources is not null
                and t.due_at > moment - interval '1 second'), 0) * 1000000 as bigint) order by n.place)
    into v_free, v_kept
    from unnest(v_names) with ordinality as n(name, place)
    join resources r on r.name = n.name;

    for v_task in
        select t.id, t.rank, t.resources,
            case when t.due_at > moment - interval '1 second' then t.waiting_on end as woken_for
        from unnest(v_limited) as l(id)
        join tasks t on t.id = l.id
        where t.status = v_queued
        order by array_position(p_ids, t.id)
        for no key update of t skip locked
    loop
        v_lacking := null;
        for v_need in
            select n.key as name, cast(n.value as bigint) * 1000000 as amount, array_position(v_names, n.key) as place,
                n.key is not distinct from v_task.woken_for as woken
            from jsonb_each_text(cast(v_task.resources as jsonb)) as n(key, value)
            order by array_position(v_names, n.key)
        loop
            -- Nobody passes those in the queue that stand before him, unless he was woken from it.
            if v_free[v_need.place] - (case when v_need.woken then 0 else v_kept[v_need.place] end) < v_need.amount
                or (not v_need.woken and exists (
                    select 1
                    from tasks t
                    where t.status = 'waiting' and t.waiting_on = v_need.name and t.resources is not null
                        and (t.rank, t.id) < (v_task.rank, v_task.id)))
            then
                v_lacking := v_need.name;
                v_amount := v_need.amount;
                exit;
            end if;
        end loop;

        if v_lacking is null then
            v_granted := v_granted || v_task.id;
            for v_need in
                select n.key as name, cast(n.value as bigint) * 1000000 as amount, array_position(v_names, n.key) as place,
                    n.key is not distinct from v_task.woken_for as woken
                from jsonb_each_text(cast(v_task.resources as jsonb)) as n(key, value)
            loop
                v_free[v_need.place] := v_free[v_need.place] - v_need.amount;
                if v_need.woken then
                    v_kept[v_need.place] := v_kept[v_need.place] - v_need.amount;
                end if;

                if exists (select 1 from resources r where r.name = v_need.name and r.permits is null) then
                    perform orc_take_tokens(v_need.name, v_need.amount, moment);
                end if;
            end loop;
        else
            parked := parked + 1;
            if v_task.woken_for is not null then
                -- Nothing is kept any longer for one who waits for something else.
                v_place := array_position(v_names, v_task.woken_for);
                v_kept[v_place] := v_kept[v_place] - cast(cast(v_task.resources as jsonb) ->> v_task.woken_for as bigint) * 1000000;
            end if;

            update tasks t
            set status = 'waiting',
                waiting_for = 'resource',
                waiting_on = v_lacking,
                seq = t.seq + 1,
                timeline = t.timeline || ','
                    || orc_event(t.seq + 1, 'waiting', moment, t.attempt, '{"resource":"' || v_lacking || '"}')
            where t.id = v_task.id;

            -- When there may be enough; sooner where somebody else in the queue is due, and no later than a second from now.
            select greatest(moment, least(moment + interval '1 second', r.level_at + interval '1 second'
                * cast(least(1, (v_amount - r.level) / cast(r.refill as numeric)) as double precision)))
            into v_retry
            from resources r
            where r.name = v_lacking;
            update resources r
            set retry_at = v_retry
            where r.name = v_lacking and (r.retry_at is null or r.retry_at > v_retry);
        end if;
    end loop;

    ids := array(
        select c.id
        from unnest(p_ids) with ordinality as c(id, place)
        where c.id <> all (v_limited) or c.id = any (v_granted)
        order by c.place);
end $$;
