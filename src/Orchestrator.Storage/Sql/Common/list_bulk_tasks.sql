select s.id
from task_specs s
where s.workspace_key = @workspace_key
    and s.created_at <= @until
    and exists (select 1 from tasks t where t.id = s.id) = @live
    and (@action is null or s.action = @action)
    and (@parent_id is null or s.parent_id = @parent_id)
    and (@created_after is null or s.created_at > @created_after)
    and (@created_before is null or s.created_at < @created_before)
    and (@tag is null or s.tags like @tag escape '\')
    and (@status is null or exists (
        select 1 from tasks t where t.id = s.id and t.status = @status
        union all
        select 1 from finished_tasks f where f.id = s.id and f.status = @status))
    and s.id > @after
order by s.id
limit @limit
