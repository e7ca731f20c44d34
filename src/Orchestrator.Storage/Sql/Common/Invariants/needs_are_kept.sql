-- What a live task needs stands in its row as it was asked for.
select t.id, t.resources, s.resources as asked_for
from tasks t
join task_specs s on s.id = t.id
where coalesce(t.resources, '') <> coalesce(s.resources, '')
