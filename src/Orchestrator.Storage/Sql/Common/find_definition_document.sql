select d.document
from run_definitions d
where d.key = @key
