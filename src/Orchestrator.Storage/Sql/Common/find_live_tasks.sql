select t.id, w.id as workspace, t.action, s.name, s.description, s.owner_id, s.tags, s.skills, s.resources, s.depends_on,
    s.on_dependency_failure, s.parent_id, s.redrive_of, s.run_id, s.step_key, s.priority, t.status, t.score, t.score_source, t.attempt, t.max_attempts,
    t.timeout_ms, t.created_at, t.run_at, t.due_at, t.deadline_at, t.started_at, t.delegation_depth, t.progress_fraction,
    t.progress_message, t.error_code, t.error_message, t.error_retryable, t.input_tokens, t.output_tokens, t.cached_tokens,
    t.reasoning_tokens, t.cost_nanos, t.waiting_for, coalesce(t.provider, t.waiting_on) as waiting_on, null as finished_at
from tasks t
join task_specs s on s.id = t.id
join workspaces w on w.key = t.workspace_key
where t.id = any (@ids)
