select h.key, h.id, w.id as workspace, h.description, h.url, h.types, h.enabled, h.disabled_reason, h.created_at, h.updated_at
from webhooks h
left join workspaces w on w.key = h.workspace_key
where h.id > @after and (@workspace is null or w.id = @workspace)
order by h.id
limit @limit
