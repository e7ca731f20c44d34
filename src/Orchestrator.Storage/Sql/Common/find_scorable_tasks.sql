-- A state that is looked at beside an id is a parameter, so that the plan goes by the id and not along a partial index.
select t.id, w.id as workspace, w.goal, t.action, t.status, t.score, t.score_source, s.name, s.description, s.depends_on, s.priority,
    substr(s.input, 1, @head) as input
from tasks t
join task_specs s on s.id = t.id
join workspaces w on w.key = t.workspace_key
where t.id = any (@ids) and t.status <> @processing
order by t.id
