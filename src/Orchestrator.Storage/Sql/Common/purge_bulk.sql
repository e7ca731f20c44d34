delete from bulk_operations
where id in (select id from bulk_operations where finished_at <= (select orc_now()) - @age order by finished_at limit @limit)
