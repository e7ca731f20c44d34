select a.definition, a.version, a.created_at, a.updated_at
from agents a
where a.name = @name
order by a.version desc
limit 1
