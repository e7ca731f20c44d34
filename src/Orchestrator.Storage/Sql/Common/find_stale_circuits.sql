-- Nobody has used them for long, and nobody waits for them.
select workspace_key, provider
from circuits
where updated_at <= (select orc_now()) - @age and look_at is null
order by updated_at
limit @limit
