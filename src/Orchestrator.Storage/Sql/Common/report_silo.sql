insert into silos (id, name, host, process_id, slots, busy, actions, draining, started_at, heartbeat_at)
values (@id, @name, @host, @process_id, @slots, @busy, @actions, @draining, orc_now(), orc_now())
on conflict (id) do update
set name = excluded.name, slots = excluded.slots, busy = excluded.busy, actions = excluded.actions,
    draining = excluded.draining, heartbeat_at = excluded.heartbeat_at
returning drain_requested
