select pg_notify('orchestrator_' || current_schema(), @payload)
