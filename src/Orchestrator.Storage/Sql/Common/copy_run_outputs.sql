-- Of these steps, and of items of them.
insert into run_outputs (run_id, name, output)
select @id, o.name, o.output
from run_outputs o
where o.run_id = @earlier_id and (o.name = any (@steps) or rtrim(o.name, '0123456789]') = any (@prefixes))
