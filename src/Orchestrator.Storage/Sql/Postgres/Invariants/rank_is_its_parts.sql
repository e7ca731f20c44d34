-- The order of ready tasks follows from their age, their score and who waits for them, and from nothing else.
select t.id, t.rank, t.score, t.blocked_tasks
from tasks t
where abs(t.rank - (date_part('epoch', t.created_at) * 0.1 - t.score - least(1000, 60 * t.blocked_tasks))) > 0.001
