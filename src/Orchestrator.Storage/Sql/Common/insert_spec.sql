insert into task_specs (
    id, workspace_key, action, name, description, owner_id, tags, skills, resources, depends_on, on_dependency_failure,
    parent_id, redrive_of, run_id, step_key, priority, input, created_at, delegation_key, trace_parent)
values (
    @id, @workspace_key, @action, @name, @description, @owner_id, @tags, @skills, @resources, @depends_on,
    @on_dependency_failure, @parent_id, @redrive_of, @run_id, @step_key, @priority, @input, @created_at, @delegation_key, @trace_parent)
