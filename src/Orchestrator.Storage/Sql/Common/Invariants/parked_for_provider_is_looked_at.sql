-- A task that waits for a provider waits for a circuit that will be looked at.
select t.id, t.provider
from tasks t
left join circuits k on k.workspace_key = t.workspace_key and k.provider = t.provider
where t.waiting_for = 'provider' and k.look_at is null
