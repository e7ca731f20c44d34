-- Of a step, and of items of it.
select coalesce(sum(length(output)), 0) as bytes
from run_outputs
where run_id = @id and (name = @step or rtrim(name, '0123456789]') = @prefix)
