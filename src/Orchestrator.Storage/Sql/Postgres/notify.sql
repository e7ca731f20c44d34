-- A hint may be lost, so its commit, which a notification makes a real one, need not wait for the disk.
select set_config('synchronous_commit', 'off', true), pg_notify('orchestrator_' || current_schema(), @payload)
