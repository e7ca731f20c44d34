select workspace_key, provider, state, since, failures, pause, retry_at, probe, probe_task, missed_at, look_at
from circuits
where workspace_key = any (@keys)
order by workspace_key, provider
