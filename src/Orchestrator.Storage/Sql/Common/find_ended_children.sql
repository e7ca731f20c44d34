-- Results may be large; they are read once they are all there.
select id, status, case when @complete then result end as result, error_code, error_message, error_retryable
from finished_tasks
where id = any (@ids) and parent_id = @parent_id
