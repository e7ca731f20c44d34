delete from step_cache
where (workspace_key, hash) in (
    select workspace_key, hash from step_cache where expires_at <= (select orc_now()) order by expires_at limit @limit)
