select id, workspace_key from tasks where status = 'scheduled' and run_at <= (select orc_now()) order by run_at limit @limit
