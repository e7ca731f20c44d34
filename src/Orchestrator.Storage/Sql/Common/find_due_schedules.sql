select key, workspace_key from schedules where next_fire_at <= (select orc_now()) order by next_fire_at limit @limit
