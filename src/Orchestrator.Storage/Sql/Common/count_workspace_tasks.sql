-- Each along an index of its workspace; those that are queued no further than the bound, however many there are.
select w.id,
    (select count(*) from tasks t where t.workspace_key = w.key and t.status = 'processing') as running,
    (select count(*)
        from (select 1 from tasks t where t.workspace_key = w.key and t.status = 'queued' limit @most) queued) as queued
from workspaces w
where w.id = any (@ids)
