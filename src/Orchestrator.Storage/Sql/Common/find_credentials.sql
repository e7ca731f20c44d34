select k.id, k.hash, k.id as key_id, k.name, k.verbs, k.workspaces, k.expires_at, @no as is_bootstrap
from api_keys k
where k.id = any (@ids) and k.revoked_at is null and (k.expires_at is null or k.expires_at > (select orc_now()))
union all
select s.id, s.hash, k.id, k.name, k.verbs, k.workspaces, k.expires_at, @no
from key_sessions s
join api_keys k on k.id = s.key_id
where s.id = any (@ids) and s.expires_at > (select orc_now())
    and k.revoked_at is null and (k.expires_at is null or k.expires_at > (select orc_now()))
union all
select b.id, b.hash, b.id, 'bootstrap', '["admin"]', null, b.expires_at, @yes
from key_bootstraps b
where b.id = any (@ids) and b.expires_at > (select orc_now()) and not exists (
    select 1
    from api_keys k
    where k.workspaces is null and k.verbs like '%"admin"%' and k.revoked_at is null and (k.expires_at is null or k.expires_at > (select orc_now())))
