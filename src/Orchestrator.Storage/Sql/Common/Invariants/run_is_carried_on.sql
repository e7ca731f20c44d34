-- A started run with nothing under way is looked at again, or waits for a person.
select r.id
from runs r
where r.status = 'started' and r.in_flight = 0 and r.due_at is null and not r.waits
