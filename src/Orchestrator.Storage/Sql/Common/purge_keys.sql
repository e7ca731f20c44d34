-- The last one stays: without any everybody on the machine would be let in again.
delete from api_keys
where id in (select k.id from api_keys k where k.revoked_at <= (select orc_now()) - @age order by k.revoked_at limit @limit)
    and exists (select 1 from api_keys k where k.revoked_at is null)
