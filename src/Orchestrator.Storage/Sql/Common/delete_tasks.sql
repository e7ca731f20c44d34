-- Answers each task, and whether a webhook is to be told of its end.
delete from tasks
where id = any (@ids)
returning id, workspace_key, action, exists (
    select 1
    from webhooks h
    where h.workspace_key in (0, tasks.workspace_key) and h.enabled and (h.types like '%"*"%' or h.types like @type_pattern)
) as told
