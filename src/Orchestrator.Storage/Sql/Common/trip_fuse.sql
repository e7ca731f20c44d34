insert into fuse_states (workspace_key, fuse, tripped_at, until_at, reason, trips)
values (@key, @fuse, orc_now(), @until, @reason, 1)
on conflict (workspace_key, fuse) do update
set tripped_at = excluded.tripped_at, until_at = excluded.until_at, reason = excluded.reason, trips = fuse_states.trips + 1
