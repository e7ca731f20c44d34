-- Alone in its transaction, so that its locks are released with its answer; a turn for remote workers notes its leases in it as well.
select task_id, token, workspace_key, workspace, action, attempt, max_attempts, timeout_ms, deadline_at, to_deadline, waited,
    input, more, parked, resources, continuation, checkpoint, reserved, held, lacking, gated, is_probe, run_id, step_key, step_waited, step_begun_at, trace_parent
from orc_take_turn(@silo, @slots, @slow_slots, @long_slots, @actions, @free, @paces, @lease, @reach, @credit, @costs, @providers, @workspaces)
