insert into webhooks (id, workspace_key, description, url, types, secret, enabled, created_at, updated_at)
values (@id, @workspace_key, @description, @url, @types, @secret, @enabled, orc_now(), orc_now())
