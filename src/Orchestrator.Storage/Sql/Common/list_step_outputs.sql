-- Of a step, and of items of it.
select name, output
from run_outputs
where run_id = @id and (name = @step or rtrim(name, '0123456789]') = @prefix)
