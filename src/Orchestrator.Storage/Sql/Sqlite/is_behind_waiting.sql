select t.id
from tasks t
where t.status = 'waiting' and t.waiting_on = @name and t.resources is not null and (t.rank, t.id) < (@rank, @id)
limit 1
