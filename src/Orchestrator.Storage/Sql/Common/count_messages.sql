select coalesce(max(number), 0) as last, count(*) - count(consumed_by) as unconsumed,
    coalesce(sum(case when consumed_by is null then length(content) else 0 end), 0) as characters
from task_messages
where task_id = @id
