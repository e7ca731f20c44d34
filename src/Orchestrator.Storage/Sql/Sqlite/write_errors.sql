-- Answers what was written: a group that is new only while its workspace has few.
insert into error_groups as e (
    workspace_key, fingerprint, action, code, message, failed, retried, first_at, last_at, last_task_id)
select json_extract(r.value, '$.workspace_key'), json_extract(r.value, '$.fingerprint'), json_extract(r.value, '$.action'), json_extract(r.value, '$.code'),
    json_extract(r.value, '$.message'), json_extract(r.value, '$.failed'), json_extract(r.value, '$.retried'), json_extract(r.value, '$.first_at'),
    json_extract(r.value, '$.last_at'), json_extract(r.value, '$.last_task_id')
from json_each(@rows) as r
where exists (select 1 from workspaces w where w.key = json_extract(r.value, '$.workspace_key'))
    and (
        json_extract(r.value, '$.action') = ''
        or exists (
            select 1
            from error_groups g
            where g.workspace_key = json_extract(r.value, '$.workspace_key') and g.fingerprint = json_extract(r.value, '$.fingerprint'))
        or (select count(*) from error_groups g where g.workspace_key = json_extract(r.value, '$.workspace_key')) < @most)
on conflict (workspace_key, fingerprint) do update set
    message = case when excluded.last_at >= e.last_at then excluded.message else e.message end,
    last_task_id = case when excluded.last_at >= e.last_at then excluded.last_task_id else e.last_task_id end,
    failed = e.failed + excluded.failed,
    retried = e.retried + excluded.retried,
    first_at = min(e.first_at, excluded.first_at),
    last_at = max(e.last_at, excluded.last_at)
returning workspace_key, fingerprint
