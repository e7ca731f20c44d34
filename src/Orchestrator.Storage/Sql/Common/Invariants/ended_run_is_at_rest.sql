-- A run that has ended has nothing under way, waits for nobody and is not looked at again.
select id, status, in_flight, waits, due_at, begins_at
from runs
where status <> 'started' and (in_flight <> 0 or waits or due_at is not null or begins_at is not null)
