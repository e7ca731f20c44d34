select s.id
from task_specs s
where s.id < @before
    and (@action is null or s.action = @action)
    and (@parent_id is null or s.parent_id = @parent_id)
    and (@created_after is null or s.created_at > @created_after)
    and (@tag is null or s.tags like @tag escape '\')
order by s.id desc
limit @limit
