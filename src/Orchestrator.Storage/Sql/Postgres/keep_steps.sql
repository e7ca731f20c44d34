insert into step_cache (workspace_key, hash, output, created_at, expires_at)
select workspace_key, hash, output, @now, expires_at from unnest(@workspace_keys, @hashes, @outputs, @expiries) as s(workspace_key, hash, output, expires_at)
on conflict (workspace_key, hash) do update
set output = excluded.output, created_at = excluded.created_at, expires_at = excluded.expires_at
