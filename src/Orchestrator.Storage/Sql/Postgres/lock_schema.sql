select pg_advisory_xact_lock(hashtextextended('orchestrator.schema.' || current_schema(), 0))
