insert into tasks (
    id, workspace_key, action, lane, status, rank, score, score_source, max_attempts, timeout_ms, created_at, run_at, due_at, deadline_at,
    parent_id, run_id, delegation_depth, pending_dependencies, has_dependents, has_children, resources, seq, timeline)
values (
    @id, @workspace_key, @action, @lane, @status, @rank, @score, @score_source, @max_attempts, @timeout_ms, @created_at, @run_at, @run_at,
    @deadline_at, @parent_id, @run_id, @delegation_depth, @pending_dependencies, @has_dependents, @has_children, @resources, 2,
    '[1,"submitted",' || @created_at || ',0,' || coalesce(@submitted_data, 'null') || '],[2,"' || @status || '",' || @created_at || ',0,null]')
