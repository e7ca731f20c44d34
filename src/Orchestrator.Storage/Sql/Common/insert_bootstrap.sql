insert into key_bootstraps (id, hash, expires_at)
select @id, @hash, (select orc_now()) + @life
where not exists (
    select 1
    from api_keys k
    where k.workspaces is null and k.verbs like '%"admin"%' and k.revoked_at is null and (k.expires_at is null or k.expires_at > (select orc_now())))
