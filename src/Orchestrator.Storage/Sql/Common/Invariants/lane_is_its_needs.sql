-- A live task stands in the lane of its action and the skills that it asked for.
select t.id, t.action, t.lane, s.skills
from tasks t
join task_specs s on s.id = t.id
where (t.lane is null) <> (s.skills is null) or t.lane not like t.action || '+%'
