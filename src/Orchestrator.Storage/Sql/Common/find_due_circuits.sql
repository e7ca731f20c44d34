select workspace_key, provider from circuits where look_at <= (select orc_now()) order by look_at limit @limit
