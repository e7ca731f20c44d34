select t.id
from tasks t
join task_specs s on s.id = t.id
where t.status = @status
    and t.id < @before
    and (@action is null or t.action = @action)
    and (@parent_id is null or t.parent_id = @parent_id)
    and (@created_after is null or t.created_at > @created_after)
    and (@tag is null or s.tags like @tag escape '\')
order by t.id desc
limit @limit
