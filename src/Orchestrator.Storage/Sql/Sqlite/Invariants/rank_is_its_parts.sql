-- The order of ready tasks follows from their age, their score and who waits for them, and from nothing else.
select t.id, t.rank, t.score, t.blocked_tasks
from tasks t
where abs(t.rank - (t.created_at / 1000000.0 * 0.1 - t.score - min(1000, 60 * t.blocked_tasks))) > 0.001
