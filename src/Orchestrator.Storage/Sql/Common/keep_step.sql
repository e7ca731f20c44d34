insert into step_cache (workspace_key, hash, output, created_at, expires_at) values (@workspace_key, @hash, @output, @now, @expires_at)
on conflict (workspace_key, hash) do update
set output = excluded.output, created_at = excluded.created_at, expires_at = excluded.expires_at
