-- An id for an event of a workspace, if a webhook is to be told of it.
select orc_new_id() as id
from workspaces w
where w.key = @key
    and exists (
        select 1
        from webhooks h
        where h.workspace_key in (0, w.key) and h.enabled and (h.types like '%"*"%' or h.types like @type_pattern)
    )
