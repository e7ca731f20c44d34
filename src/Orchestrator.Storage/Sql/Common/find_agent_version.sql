select a.definition, a.version, a.created_at, a.updated_at
from agents a
where a.name = @name and a.version = @version and a.created_at = @created_at
