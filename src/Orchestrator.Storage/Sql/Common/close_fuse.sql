insert into fuse_states (workspace_key, fuse, reset_at)
values (@key, @fuse, orc_now())
on conflict (workspace_key, fuse) do update
set tripped_at = null, until_at = null, reset_at = excluded.reset_at
