delete from audit_log
where id in (select id from audit_log where at <= (select orc_now()) - @age order by at limit @limit)
