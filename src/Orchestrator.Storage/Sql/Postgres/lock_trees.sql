-- The first runs of the trees of these runs; whoever holds one holds its tree. Looked up one by one, as a join
-- would be planned as a walk through all runs.
select r.id, r.workspace_key, w.id as workspace, r.definition_key, d.owner, d.name, d.version, r.root_id, r.parent_id, r.parent_work, r.depth,
    r.state, r.max_parallel, r.default_max_parallel, r.priority, r.tags, r.replay_of, r.trace_parent, r.event_seq, r.created_at, r.begins_at, r.deadline_at,
    r.due_at, r.abandons, r.finished_at, r.input, r.output
from runs r
join workspaces w on w.key = r.workspace_key
join run_definitions d on d.key = r.definition_key
where r.id = any (array(select x.root_id from runs x where x.id = any (@ids)))
order by r.id
for no key update of r
