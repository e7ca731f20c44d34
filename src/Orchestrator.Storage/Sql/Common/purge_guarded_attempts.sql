-- What has ended, is settled, and is older than any window.
delete from guarded_attempts
where token in (
    select g.token
    from guarded_attempts g
    left join tasks t on t.id = g.task_id and t.lease_token = g.token
    where g.at <= (select orc_now()) - @age and not g.is_open and t.id is null
    order by g.at
    limit @limit)
