delete from key_sessions
where id in (select s.id from key_sessions s where s.expires_at <= (select orc_now()) order by s.expires_at limit @limit)
