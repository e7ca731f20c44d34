select a.definition, a.version, a.created_at, a.updated_at
from agents a
where a.name > @after and not exists (select 1 from agents n where n.name = a.name and n.version > a.version)
order by a.name
limit @limit
