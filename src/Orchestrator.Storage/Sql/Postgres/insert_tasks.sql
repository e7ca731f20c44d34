with spec as (
    insert into task_specs (
        id, workspace_key, action, name, description, owner_id, tags, skills, resources, depends_on, on_dependency_failure,
        parent_id, redrive_of, run_id, step_key, priority, input, created_at, delegation_key, trace_parent)
    select id, workspace_key, action, name, description, owner_id, tags, skills, resources, depends_on, on_dependency_failure,
        parent_id, redrive_of, run_id, step_key, priority, input, @created_at, delegation_key, trace_parent
    from unnest(
        @ids, @workspace_keys, @actions, @names, @descriptions, @owner_ids, @tags, @skills, @resources, @depends_on,
        @on_dependency_failure, @parent_ids, @redrives_of, @run_ids, @step_keys, @priorities, @inputs, @delegation_keys, @trace_parents) as s(
        id, workspace_key, action, name, description, owner_id, tags, skills, resources, depends_on, on_dependency_failure,
        parent_id, redrive_of, run_id, step_key, priority, input, delegation_key, trace_parent)
)
insert into tasks (
    id, workspace_key, action, lane, status, rank, score, score_source, max_attempts, timeout_ms, created_at, run_at, due_at, deadline_at,
    parent_id, run_id, delegation_depth, pending_dependencies, has_dependents, resources, seq, timeline)
select id, workspace_key, action, lane, status, rank, score, score_source, max_attempts, timeout_ms, @created_at, run_at, run_at, deadline_at,
    parent_id, run_id, delegation_depth, pending_dependencies, has_dependents, resources, 2,
    orc_event(1, 'submitted', @created_at, 0, submitted_data) || ',' || orc_event(2, status, @created_at, 0, null)
from unnest(
    @ids, @workspace_keys, @actions, @lanes, @statuses, @ranks, @scores, @score_sources, @max_attempts, @timeouts_ms, @runs_at,
    @deadlines_at, @parent_ids, @run_ids, @depths, @pending, @has_dependents, @resources, @submitted_data) as t(
    id, workspace_key, action, lane, status, rank, score, score_source, max_attempts, timeout_ms, run_at, deadline_at, parent_id,
    run_id, delegation_depth, pending_dependencies, has_dependents, resources, submitted_data)
