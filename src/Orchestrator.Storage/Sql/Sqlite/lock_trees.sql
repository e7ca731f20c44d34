-- The first runs of the trees of these runs; whoever holds one holds its tree.
select r.id, r.workspace_key, w.id as workspace, r.definition_key, d.owner, d.name, d.version, r.root_id, r.parent_id, r.parent_work, r.depth,
    r.state, r.max_parallel, r.default_max_parallel, r.priority, r.tags, r.replay_of, r.trace_parent, r.event_seq, r.created_at, r.begins_at, r.deadline_at,
    r.due_at, r.abandons, r.finished_at, r.input, r.output
from runs r
join workspaces w on w.key = r.workspace_key
join run_definitions d on d.key = r.definition_key
where r.id in (select x.root_id from runs x where x.id in (select value from json_each(@ids)))
order by r.id
