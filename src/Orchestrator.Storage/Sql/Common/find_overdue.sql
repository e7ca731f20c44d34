select id, workspace_key from tasks where deadline_at <= (select orc_now()) order by deadline_at limit @limit
