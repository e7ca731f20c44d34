select id from finished_tasks where status = @status and finished_at <= (select orc_now()) - @age and not unresolved order by finished_at limit @limit for update skip locked
