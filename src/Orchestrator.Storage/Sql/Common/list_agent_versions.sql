select a.name, max(a.version) as version, max(a.created_at) as created_at
from agents a
group by a.name
