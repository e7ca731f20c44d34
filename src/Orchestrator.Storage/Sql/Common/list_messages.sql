-- The oldest, as many as the limits allow, and one at least.
select number, role, content
from (
    select number, role, content, sum(length(content)) over (order by number) as so_far, row_number() over (order by number) as place
    from (
        select number, role, content from task_messages where task_id = @id and consumed_by is null order by number limit @limit
    ) oldest
) counted
where place = 1 or so_far <= @characters
order by number
