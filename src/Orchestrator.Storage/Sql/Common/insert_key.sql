insert into api_keys (id, name, hash, verbs, workspaces, created_by, created_at, expires_at)
values (@id, @name, @hash, @verbs, @workspaces, @created_by, orc_now(), @expires_at)
on conflict (name) do nothing
