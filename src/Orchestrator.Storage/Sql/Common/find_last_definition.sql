select d.key, d.owner, d.name, d.version, d.description, d.document, d.source, d.format, d.published_at
from run_definitions d
where d.owner = @owner and d.name = @name
order by d.key desc
limit 1
