-- Answers what was written: a group that is new only while its workspace has few. Rows are taken in the order of the key, so that
-- processes that write at the same time do not wait for each other in a circle.
insert into error_groups as e (
    workspace_key, fingerprint, action, code, message, failed, retried, first_at, last_at, last_task_id)
select r.workspace_key, r.fingerprint, r.action, r.code, r.message, r.failed, r.retried,
    timestamptz 'epoch' + r.first_at * interval '1 microsecond', timestamptz 'epoch' + r.last_at * interval '1 microsecond', r.last_task_id
from json_to_recordset(cast(@rows as json)) as r(
    workspace_key bigint, fingerprint text, action text, code text, message text, failed bigint, retried bigint, first_at bigint,
    last_at bigint, last_task_id uuid)
where exists (select 1 from workspaces w where w.key = r.workspace_key)
    and (
        r.action = ''
        or exists (select 1 from error_groups g where g.workspace_key = r.workspace_key and g.fingerprint = r.fingerprint)
        or (select count(*) from error_groups g where g.workspace_key = r.workspace_key) < @most)
order by r.workspace_key, r.fingerprint
on conflict (workspace_key, fingerprint) do update set
    message = case when excluded.last_at >= e.last_at then excluded.message else e.message end,
    last_task_id = case when excluded.last_at >= e.last_at then excluded.last_task_id else e.last_task_id end,
    failed = e.failed + excluded.failed,
    retried = e.retried + excluded.retried,
    first_at = least(e.first_at, excluded.first_at),
    last_at = greatest(e.last_at, excluded.last_at)
returning workspace_key, fingerprint
