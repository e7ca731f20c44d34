delete from workspace_events
where (workspace_key, seq) in (
    select workspace_key, seq from workspace_events where at <= (select orc_now()) - @age order by at limit @limit)
