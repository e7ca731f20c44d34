insert into circuits (workspace_key, provider, state, since, failures, pause, retry_at, probe, probe_task, missed_at, look_at, updated_at)
values (@key, @provider, @state, @since, @failures, @pause, @retry_at, @probe, @probe_task, @missed_at, @look_at, @now)
on conflict (workspace_key, provider) do update
set state = excluded.state, since = excluded.since, failures = excluded.failures, pause = excluded.pause, retry_at = excluded.retry_at,
    probe = excluded.probe, probe_task = excluded.probe_task, missed_at = excluded.missed_at, look_at = excluded.look_at,
    updated_at = excluded.updated_at
