-- What has been settled for a while; and what ended without its worker, once no attempt of it can be left.
delete from remote_leases
where token in (
    select token from remote_leases where settled_at <= (select orc_now()) - @age
    union all
    select r.token
    from remote_leases r
    where r.settled_at is null and r.ends_at <= (select orc_now()) - @age
        and (select t.id from tasks t where t.id = r.task_id and t.lease_token = r.token) is null
    limit @limit)
