-- A process writes what its rows have come to, so that a row written twice counts once. A workspace may be gone meanwhile.
insert into timeline_buckets (
    workspace_key, bucket_at, action, process, submitted, completed, failed, cancelled, retried, input_tokens, output_tokens,
    cost_nanos, waits, durations)
select json_extract(r.value, '$.workspace_key'), json_extract(r.value, '$.at'), json_extract(r.value, '$.action'), @process,
    json_extract(r.value, '$.submitted'), json_extract(r.value, '$.completed'), json_extract(r.value, '$.failed'),
    json_extract(r.value, '$.cancelled'), json_extract(r.value, '$.retried'), json_extract(r.value, '$.input_tokens'),
    json_extract(r.value, '$.output_tokens'), json_extract(r.value, '$.cost_nanos'), json_extract(r.value, '$.waits'),
    json_extract(r.value, '$.durations')
from json_each(@rows) as r
where json_extract(r.value, '$.workspace_key') = 0
    or exists (select 1 from workspaces w where w.key = json_extract(r.value, '$.workspace_key'))
on conflict (workspace_key, action, bucket_at, process) do update set
    submitted = excluded.submitted,
    completed = excluded.completed,
    failed = excluded.failed,
    cancelled = excluded.cancelled,
    retried = excluded.retried,
    input_tokens = excluded.input_tokens,
    output_tokens = excluded.output_tokens,
    cost_nanos = excluded.cost_nanos,
    waits = excluded.waits,
    durations = excluded.durations
