-- Somebody will see that a probe is gone.
select workspace_key, provider, probe_task from circuits where state = 'half_open' and look_at is null
