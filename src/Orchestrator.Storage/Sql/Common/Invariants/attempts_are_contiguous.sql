-- Attempts run from 1 without gaps and within the task's bound; one that was handed back is counted again.
select t.id, t.attempt, t.max_attempts, coalesce(h.last, 0) as last_attempt, coalesce(h.attempts, 0) as attempts
from (select id, attempt, max_attempts from tasks union all select id, attempt, max_attempts from finished_tasks) t
left join (
    select task_id, max(attempt) as last, count(distinct attempt) as attempts
    from task_history
    where type = 'processing'
    group by task_id
) h on h.task_id = t.id
where coalesce(h.last, 0) <> coalesce(h.attempts, 0)
    or coalesce(h.last, 0) - t.attempt not in (0, 1)
    or t.attempt > t.max_attempts
