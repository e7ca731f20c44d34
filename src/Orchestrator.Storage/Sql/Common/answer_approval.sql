update approvals
set decision = @decision, edits = @edits, comment = @comment, decided_at = @now
where task_id = @id and decision is null
