select number, question, details, requested_at, expires_at, decision, edits, comment, decided_at
from approvals
where task_id = @id and (@key is null or key = @key)
order by number desc
limit 1
