select d.owner, d.name, d.version
from run_definitions d
where d.owner = any (@owners) and d.name = any (@names) and d.version = any (@versions)
