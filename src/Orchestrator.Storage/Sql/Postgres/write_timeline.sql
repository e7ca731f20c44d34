-- A process writes what its rows have come to, so that a row written twice counts once. A workspace may be gone meanwhile.
insert into timeline_buckets (
    workspace_key, bucket_at, action, process, submitted, completed, failed, cancelled, retried, input_tokens, output_tokens,
    cost_nanos, waits, durations)
select r.workspace_key, timestamptz 'epoch' + r.at * interval '1 microsecond', r.action, @process, r.submitted, r.completed, r.failed,
    r.cancelled, r.retried, r.input_tokens, r.output_tokens, r.cost_nanos, r.waits, r.durations
from json_to_recordset(cast(@rows as json)) as r(
    workspace_key bigint, at bigint, action text, submitted bigint, completed bigint, failed bigint, cancelled bigint,
    retried bigint, input_tokens bigint, output_tokens bigint, cost_nanos bigint, waits text, durations text)
where r.workspace_key = 0 or exists (select 1 from workspaces w where w.key = r.workspace_key)
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
