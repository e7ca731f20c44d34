insert into runs (
    id, workspace_key, definition_key, root_id, parent_id, parent_work, depth, status, state, in_flight, max_parallel,
    default_max_parallel, priority, tags, input, output, replay_of, trace_parent, event_seq, created_at, begins_at, deadline_at, due_at,
    abandons, waits, finished_at)
select *
from unnest(
    @ids, @workspace_keys, @definition_keys, @root_ids, @parent_ids, @parent_works, @depths, @statuses, @states, @in_flights,
    @max_parallels, @default_max_parallels, @priorities, @tags, @inputs, @outputs, @replays_of, @trace_parents, @event_seqs, @create_times,
    @begin_times, @deadline_times, @due_times, @abandon_flags, @wait_flags, @finish_times)
