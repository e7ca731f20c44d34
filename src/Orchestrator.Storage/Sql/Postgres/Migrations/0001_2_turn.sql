-- One turn, in one round trip and one transaction. Each statement in here has its own snapshot, and the rows locked by
-- the first stay locked, so that what the later ones count is exact.
-- What is offered and what is ready are lanes (TaskLane): actions, and actions with skills behind them. Those of one action share
-- what is free of it. Only the given workspaces take part, or all where none are given.
-- Answers the leased tasks, each with its lane for an action, and one last row with a null task_id whose "more" says whether workspaces were passed over
-- and whose "parked" counts the tasks that left the ready set for want of a resource; "held" and "lacking" are those of
-- orc_guard, and "gated" counts those that left it because the circuit of their provider is not closed.
create function orc_take_turn(
    p_silo uuid, p_slots integer, p_slow_slots integer, p_long_slots integer, p_actions text[], p_free integer[],
    p_paces integer[], p_lease interval, p_reach integer, p_credit integer, p_costs bigint[], p_providers text[],
    p_workspaces text[])
returns table (
    task_id uuid, token uuid, workspace_key bigint, workspace text, action text, attempt integer, max_attempts integer,
    timeout_ms integer, deadline_at timestamptz, to_deadline interval, waited interval, input bytea, more boolean, parked integer,
    resources text, continuation integer, checkpoint bytea, reserved bigint, held bigint[], lacking bigint[],
    gated integer, is_probe boolean, run_id uuid, step_key text, step_waited interval, step_begun_at timestamptz, trace_parent text)
language plpgsql as $$
#variable_conflict use_column
declare
    v_now timestamptz;
    v_keys bigint[];
    v_rooms integer[];
    v_ids uuid[];
    v_spent bigint[];
    v_claimed integer;
    v_more boolean;
    v_park bigint[];
    v_clock bigint;
    v_uses_resources boolean;
    v_parked integer := 0;
    v_circuits_open boolean;
    v_probes uuid[];
    v_gated integer := 0;
    v_guarded boolean;
    v_passed uuid[];
    v_costs bigint[];
    v_held bigint[];
    v_lacking bigint[];
    -- What costs nothing of what is offered: all that starts in a workspace that is short of money.
    v_free text[];
    -- A parameter, so that looking up a row by its id is never planned as a walk along the index of the ready ones.
    v_queued text := 'queued';
begin
    v_free := array(select o.action from unnest(p_actions, p_costs) as o(action, cost) where o.cost = 0);

    select array_agg(c.key) into v_keys
    from (
        select w.key
        from workspaces w
        where w.ready_actions <> '{}' and not w.paused and not w.at_limit
            and w.ready_actions && case when w.short_of_money then v_free else p_actions end
            and (p_workspaces is null or w.id = any (p_workspaces))
        order by w.pass, w.key
        limit p_reach
        for no key update skip locked
    ) c;

    v_more := exists (
        select 1
        from workspaces w
        where w.ready_actions <> '{}' and not w.paused and not w.at_limit
            and w.ready_actions && case when w.short_of_money then v_free else p_actions end
            and (p_workspaces is null or w.id = any (p_workspaces))
            and w.key <> all (coalesce(v_keys, '{}')));

    if v_keys is null then
        return query select null::uuid, null::uuid, null::bigint, null::text, null::text, 0, 0, 0, null::timestamptz,
            null::interval, null::interval, null::bytea, v_more, v_parked, null::text, null::integer, null::bytea, null::bigint,
            v_held, v_lacking, v_gated, null::boolean, null::uuid, null::text, null::interval, null::timestamptz, null::text;
        return;
    end if;

    -- Counted in a statement of its own under the locks, so the limit is exact.
    select array_agg(
        case
            when w.max_parallel is null then p_slots
            else least(p_slots, w.max_parallel - (
                select count(*) from tasks t where t.workspace_key = w.key and t.status = 'processing'))
        end order by k.place),
        bool_or(w.uses_resources),
        bool_or(w.guarded),
        bool_or(w.circuits_open)
    into v_rooms, v_uses_resources, v_guarded, v_circuits_open
    from unnest(v_keys) with ordinality as k(key, place)
    join workspaces w on w.key = k.key;

    select c.last_value into v_clock from fair_share_clock c;

    -- Which tasks, in the order of fair share; and which workspaces have nothing left in sight.
    with offered as materialized (
        -- Paces: 0 fast, 1 short, 2 long. Lanes of one action are in one pool; numbers sort faster than names.
        select o.number, o.action, min(o.number) over (partition by split_part(o.action, '+', 1)) as pool, o.free, o.pace
        from unnest(p_actions, p_free, p_paces) with ordinality as o(action, free, pace, number)
    ),
    turn as materialized (
        -- Who was kept from taking part (paused, at its limit, not served here) comes back without the credit of that time.
        select w.key, greatest(w.pass, v_clock - p_credit / w.weight) as pass, w.weight, r.room,
            case when w.short_of_money then array(select a.action from unnest(w.ready_actions) as a(action) where a.action = any (v_free))
                else w.ready_actions end as ready_actions
        from unnest(v_keys, v_rooms) as r(key, room)
        join workspaces w on w.key = r.key
        where r.room > 0
    ),
    -- The pass that all would reach if each had tasks without end: the least of what the first k of them would reach alone.
    level as materialized (
        select min(l.pass) as pass
        from (
            select (p_slots + sum(turn.pass * turn.weight) over running) / sum(turn.weight) over running as pass
            from turn
            window running as (order by turn.pass, turn.key)
        ) l
    ),
    -- How deep to look into each workspace: twice its part, so that what others leave finds takers.
    deep as materialized (
        select turn.*, least(turn.room, cast(ceil(greatest(0, level.pass - turn.pass) * turn.weight * 2) as integer) + 4) as depth
        from turn
        cross join level
    ),
    head as materialized (
        select deep.key, h.id, h.number, h.pool, h.free, h.pace, deep.pass + h.place / deep.weight as pass
        from deep
        cross join lateral (
            select ready.id, o.number, o.pool, o.free, o.pace, row_number() over (order by ready.rank, ready.id) as place
            from offered o
            cross join lateral (
                select t.id, t.rank
                from tasks t
                where t.workspace_key = deep.key and coalesce(t.lane, t.action) = o.action and t.status = 'queued'
                order by t.rank, t.id
                limit least(deep.depth, o.free)
            ) ready
            where o.action = any (deep.ready_actions)
            order by ready.rank, ready.id
            limit deep.depth
        ) h
    ),
    fitting as materialized (
        select h.key, h.id, h.pass, h.pace
        from (
            select head.*, row_number() over (partition by head.pool order by head.pass, head.id) as place
            from head
        ) h
        where h.place <= h.free
    ),
    -- What short and long actions are bounded by together; fast ones are not, and pay nothing for it.
    bounded as materialized (
        select b.key, b.id, b.pass
        from (
            select p.*, row_number() over (order by p.pass, p.id) as place
            from (
                select f.*, row_number() over (partition by f.pace order by f.pass, f.id) as place_by_pace
                from fitting f
                where f.pace > 0
            ) p
            where p.pace < 2 or p.place_by_pace <= p_long_slots
        ) b
        where b.place <= p_slow_slots
    ),
    chosen as materialized (
        select f.key, f.id, f.pass from fitting f where f.pace = 0
        union all
        select b.key, b.id, b.pass from bounded b
        order by pass, id
        limit p_slots
    )
    select
        array(select c.id from chosen c order by c.pass, c.id),
        array(
            select d.key
            from deep d
            cross join unnest(d.ready_actions) as a(action)
            join offered o on o.action = a.action
            left join (
                select head.key, head.number, count(*) as seen, count(chosen.id) as taken
                from head
                left join chosen on chosen.id = head.id
                group by head.key, head.number
            ) h on h.key = d.key and h.number = o.number
            where h.seen is null or h.seen = h.taken)
    into v_ids, v_spent;

    -- After the count and the choice: what was counted as free was freed before this moment, and what was chosen came before it.
    v_now := orc_now();

    if v_circuits_open then
        select g.ids, g.probes, g.gated into v_ids, v_probes, v_gated from orc_gate(v_ids, p_actions, p_providers, v_now) g;
    end if;

    if v_guarded then
        select g.ids, g.costs, g.held, g.lacking into v_passed, v_costs, v_held, v_lacking
        from orc_guard(v_keys, v_ids, p_actions, p_costs, v_now) g;
        v_ids := v_passed;
    end if;

    if v_uses_resources then
        select a.ids, a.moment, a.parked into v_ids, v_now, v_parked from orc_acquire(v_ids) a;
    end if;

    return query
    -- Never waits for a task's row, so a turn takes part in no deadlock.
    with locked as materialized (
        select t.ctid as place_in_table, c.place
        from unnest(v_ids) with ordinality as c(id, place)
        join tasks t on t.id = c.id
        where t.status = v_queued
        for no key update of t skip locked
    ),
    claimed as (
        update tasks t
        set status = 'processing',
            attempt = t.attempt + 1,
            started_at = coalesce(t.started_at, v_now),
            lease_token = gen_random_uuid(),
            lease_expires_at = v_now + p_lease,
            lease_silo = p_silo,
            waiting_on = null,
            seq = t.seq + 1,
            timeline = t.timeline || ','
                || orc_event(t.seq + 1, 'processing', v_now, t.attempt + 1, '{"silo":"' || p_silo || '"}')
        from locked l
        where t.ctid = l.place_in_table
        returning t.id, t.lease_token, t.workspace_key, coalesce(t.lane, t.action) as action, t.attempt, t.max_attempts, t.timeout_ms, t.deadline_at,
            t.resources, t.continuation, t.checkpoint, t.run_id, v_now - coalesce(t.due_at, t.created_at) as waited, l.place,
            case when t.run_id is not null and t.started_at = v_now then v_now end as step_begun_at, t.started_at - greatest(t.created_at, t.run_at) as step_waited
    ),
    advanced as (
        update workspaces w
        set pass = greatest(w.pass, v_clock - p_credit / w.weight) + c.grants / w.weight
        from (select claimed.workspace_key, count(*) as grants from claimed group by claimed.workspace_key) c
        where w.key = c.workspace_key
        returning w.pass - 1 / w.weight as last_start
    ),
    clock as materialized (
        select setval('fair_share_clock', s.served) as served
        from (select cast(floor(max(a.last_start)) as bigint) as served from advanced a) s
        where s.served > v_clock
    )
    select c.id, c.lease_token, c.workspace_key, w.id, c.action, c.attempt, c.max_attempts, c.timeout_ms, c.deadline_at,
        c.deadline_at - v_now, greatest(c.waited, interval '0'), s.input, null::boolean, null::integer, c.resources, c.continuation,
        c.checkpoint, v_costs[array_position(v_passed, c.id)], null::bigint[], null::bigint[],
        null::integer, c.id = any (v_probes), c.run_id, s.step_key, c.step_waited, c.step_begun_at, s.trace_parent
    from claimed c
    join workspaces w on w.key = c.workspace_key
    join task_specs s on s.id = c.id
    left join clock on true
    order by c.place;

    get diagnostics v_claimed = row_count;

    if v_guarded then
        perform orc_note_starts(v_passed, v_costs, v_now);
    end if;

    if v_probes <> '{}' then
        perform orc_note_probes(v_probes, p_actions, p_providers, v_now);
    end if;

    -- Take out what is empty or at its limit, also after a turn without a slot to spare: an empty workspace that stayed in
    -- would keep its old pass, and come back from idling with credit. Only where nothing was left in sight can be empty:
    -- to look everywhere would mean to walk over all that was just claimed.
    v_park := array(
        select w.key
        from unnest(v_keys, v_rooms) as r(key, room)
        join workspaces w on w.key = r.key
        where r.room <= 0 or (w.key = any (v_spent) and exists (
            select 1
            from unnest(w.ready_actions) as a(action)
            where a.action = any (p_actions) and not exists (
                select 1 from tasks t
                where t.workspace_key = w.key and coalesce(t.lane, t.action) = a.action and t.status = 'queued'))));

    if v_park <> '{}' then
        -- FOR UPDATE excludes everybody who is about to make a task ready or to free a slot here.
        v_park := array(select w.key from workspaces w where w.key = any (v_park) for update skip locked);

        update workspaces w
        set ready_actions = array(
                select a.action
                from unnest(w.ready_actions) as a(action)
                where a.action <> all (p_actions) or exists (
                    select 1 from tasks t
                    where t.workspace_key = w.key and coalesce(t.lane, t.action) = a.action and t.status = 'queued')),
            at_limit = w.max_parallel is not null and w.max_parallel <= (
                select count(*) from tasks t where t.workspace_key = w.key and t.status = 'processing')
        where w.key = any (v_park);
    end if;

    -- What was visited may still have ready tasks beyond the depth looked at, and what somebody else held was passed over.
    v_more := v_more or v_parked > 0 or v_gated > 0 or v_claimed < cardinality(v_ids) or (v_claimed > 0 and v_claimed < p_slots and exists (
        select 1
        from workspaces w
        where w.key = any (v_keys) and w.ready_actions && case when w.short_of_money then v_free else p_actions end and not w.at_limit));

    return query select null::uuid, null::uuid, null::bigint, null::text, null::text, 0, 0, 0, null::timestamptz,
        null::interval, null::interval, null::bytea, v_more, v_parked, null::text, null::integer, null::bytea, null::bigint,
        v_held, v_lacking, v_gated, null::boolean, null::uuid, null::text, null::interval, null::timestamptz, null::text;
end $$;
