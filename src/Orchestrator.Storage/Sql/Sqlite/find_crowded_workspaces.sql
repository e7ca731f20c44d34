-- Workspaces with so many ready lanes that some of them may be empty, and nobody there to offer them; some by chance.
select w.key
from workspaces w
where w.ready_actions <> '[]' and json_array_length(w.ready_actions) > @lanes
order by random()
limit @limit
