do $$ begin execute format('listen %I', 'orchestrator_' || current_schema()); end $$
