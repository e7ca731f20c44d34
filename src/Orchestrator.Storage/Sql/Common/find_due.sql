select id, workspace_key from tasks where status = 'scheduled' and due_at <= (select orc_now()) order by due_at limit @limit
