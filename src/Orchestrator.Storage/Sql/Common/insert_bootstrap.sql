insert into key_bootstraps (id, hash, expires_at)
select @id, @hash, (select orc_now()) + @life
where not exists (select 1 from api_keys)
