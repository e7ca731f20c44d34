-- A circuit of a workspace and a provider that failed it; whoever writes it holds the workspace. See Circuit.
create table circuits (
    workspace_key bigint not null,
    provider text not null,
    state text not null,
    since timestamptz,
    -- When the failures were that count, the oldest first: microseconds since 1970, as JSON.
    failures text not null,
    pause interval not null,
    retry_at timestamptz,
    -- The attempt that probes the provider.
    probe uuid,
    probe_task uuid,
    missed_at timestamptz,
    -- When it is looked at to wake tasks that wait for it, or to see whether its probe is still there; null while nobody waits.
    look_at timestamptz,
    updated_at timestamptz not null,
    primary key (workspace_key, provider),
    check (state in ('closed', 'open', 'half_open')),
    check ((state = 'open') = (retry_at is not null)),
    check ((state = 'half_open') = (probe is not null)),
    check ((probe is null) = (probe_task is null))
) with (fillfactor = 50);

create index circuits_look on circuits (look_at) where look_at is not null;
create index circuits_by_age on circuits (updated_at);

-- The tasks that wait for a provider, in the order of rank; the action is in it so that those that wait are known from the index alone.
create index tasks_of_providers on tasks (workspace_key, provider, rank, id, action) where waiting_for = 'provider';

-- Of the ready tasks that a turn has chosen, which their circuits let start, in their order; and those of them that probe a provider.
-- The others leave the ready set, and with them what stands behind them there: they wait for their provider. The caller holds the
-- workspaces; for the row of a task it never waits.
create function orc_gate(
    p_ids uuid[], p_actions text[], p_providers text[], p_at timestamptz, out ids uuid[], out probes uuid[], out gated integer)
language plpgsql as $$
#variable_conflict use_column
declare
    v_held uuid[];
    v_probes uuid[];
begin
    with asked as materialized (
        select t.id, k.state = 'open' and k.retry_at <= p_at
            and row_number() over (partition by k.workspace_key, k.provider order by c.place) = 1 as is_probe
        from unnest(p_ids) with ordinality as c(id, place)
        join tasks t on t.id = c.id
        join unnest(p_actions, p_providers) as a(action, provider) on a.action = t.action
        join circuits k on k.workspace_key = t.workspace_key and k.provider = a.provider and k.state <> 'closed'
    )
    select coalesce(array_agg(a.id) filter (where a.is_probe), '{}'), coalesce(array_agg(a.id) filter (where not a.is_probe), '{}')
    into v_probes, v_held
    from asked a;

    probes := v_probes;
    gated := 0;
    if v_held = '{}' then
        ids := p_ids;
        return;
    end if;

    ids := array(select c.id from unnest(p_ids) with ordinality as c(id, place) where c.id <> all (v_held) order by c.place);
    with held as materialized (
        select distinct t.workspace_key, t.action, a.provider
        from tasks t
        join unnest(p_actions, p_providers) as a(action, provider) on a.action = t.action
        where t.id = any (v_held)
    ),
    locked as materialized (
        select r.place_in_table, h.provider
        from held h
        cross join lateral (
            select t.ctid as place_in_table
            from tasks t
            where t.workspace_key = h.workspace_key and t.action = h.action and t.status = 'queued' and t.id <> all (v_probes)
            order by t.rank, t.id
            limit 1000
            for no key update skip locked
        ) r
    ),
    parked as (
        update tasks t
        set status = 'waiting',
            waiting_for = 'provider',
            waiting_on = null,
            provider = l.provider,
            seq = t.seq + 1,
            timeline = t.timeline || ','
                || orc_event(t.seq + 1, 'waiting', p_at, t.attempt, '{"provider":' || to_json(l.provider) || '}')
        from locked l
        where t.ctid = l.place_in_table
        returning t.workspace_key, t.provider
    ),
    looked as (
        update circuits k
        set look_at = case when k.state = 'open' then greatest(k.retry_at, p_at) else p_at + interval '1 second' end, updated_at = p_at
        from (select distinct p.workspace_key, p.provider from parked p) w
        where k.workspace_key = w.workspace_key and k.provider = w.provider and k.look_at is null
    )
    select count(*) into gated from parked;
end $$;

-- Writes down which attempts of a turn probe a provider.
create function orc_note_probes(p_ids uuid[], p_actions text[], p_providers text[], p_at timestamptz) returns void
language plpgsql as $$
declare
    v_processing text := 'processing';
begin
    update circuits k
    set state = 'half_open', since = p_at, retry_at = null, probe = t.lease_token, probe_task = t.id, missed_at = null,
        look_at = p_at + interval '1 second', updated_at = p_at
    from unnest(p_ids) as p(id)
    join tasks t on t.id = p.id
    join unnest(p_actions, p_providers) as a(action, provider) on a.action = t.action
    where t.status = v_processing and k.workspace_key = t.workspace_key and k.provider = a.provider and k.state = 'open';
end $$;
