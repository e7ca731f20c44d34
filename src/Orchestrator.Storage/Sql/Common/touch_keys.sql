update api_keys
set last_used_at = orc_now()
where id = any (@ids) and (last_used_at is null or last_used_at <= (select orc_now()) - @age)
