insert into workspace_fuses (
    workspace_key, loop_executions, loop_window_seconds, loop_pause_seconds, loop_count_all, pending_delegated, pending_total,
    circuit_failures, circuit_window_seconds, circuit_open_seconds, set_at)
values (
    @key, @loop_executions, @loop_window_seconds, @loop_pause_seconds, @loop_count_all, @pending_delegated, @pending_total,
    @circuit_failures, @circuit_window_seconds, @circuit_open_seconds, orc_now())
on conflict (workspace_key) do update
set loop_executions = excluded.loop_executions, loop_window_seconds = excluded.loop_window_seconds,
    loop_pause_seconds = excluded.loop_pause_seconds, loop_count_all = excluded.loop_count_all,
    pending_delegated = excluded.pending_delegated, pending_total = excluded.pending_total,
    circuit_failures = excluded.circuit_failures, circuit_window_seconds = excluded.circuit_window_seconds,
    circuit_open_seconds = excluded.circuit_open_seconds,
    set_at = excluded.set_at
