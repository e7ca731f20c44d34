insert into key_sessions (id, key_id, hash, expires_at)
select @id, k.id, @hash, (select orc_now()) + @life
from api_keys k
where k.id = @key_id and k.revoked_at is null and (k.expires_at is null or k.expires_at > (select orc_now()))
