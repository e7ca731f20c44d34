-- Those of one run by their names, for several runs at once.
select o.run_id, o.name, o.output
from unnest(@run_ids, @names) as wanted(run_id, name)
join run_outputs o on o.run_id = wanted.run_id and o.name = wanted.name
