select d.key, d.owner, d.name, d.version, d.description, d.format, d.published_at
from run_definitions d
where (@owner is null or d.owner = @owner) and (@name is null or d.name = @name)
    and (@after is null or (d.owner, d.name, d.key) > (select a.owner, a.name, a.key from run_definitions a where a.key = @after))
order by d.owner, d.name, d.key
limit @limit
