select k.id, k.name, k.verbs, k.workspaces, k.created_by, k.created_at, k.expires_at, k.revoked_at, k.last_used_at
from api_keys k
where k.name > @after
order by k.name
limit @limit
