-- Workspaces with so many ready lanes that some of them may be empty, and nobody there to offer them; some by chance.
select w.key
from workspaces w
where w.ready_actions <> '{}' and cardinality(w.ready_actions) > @lanes
order by random()
limit @limit
