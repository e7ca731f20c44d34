insert into runs (
    id, workspace_key, definition_key, root_id, parent_id, parent_work, depth, status, state, in_flight, max_parallel,
    default_max_parallel, priority, tags, input, output, replay_of, trace_parent, event_seq, created_at, begins_at, deadline_at, due_at,
    abandons, waits, finished_at)
values (
    @id, @workspace_key, @definition_key, @root_id, @parent_id, @parent_work, @depth, @status, @state, @in_flight,
    @max_parallel, @default_max_parallel, @priority, @tags, @input, @output, @replay_of, @trace_parent, @event_seq, @created_at, @begins_at,
    @deadline_at, @due_at, @abandons, @waits, @finished_at)
