select f.circuit_failures, f.circuit_window_seconds, f.circuit_open_seconds from workspace_fuses f where f.workspace_key = @key
