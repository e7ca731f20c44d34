select status, count(*) as tasks from tasks where @workspace_key is null or workspace_key = @workspace_key group by status
union all
select status, count(*) from finished_tasks where @workspace_key is null or workspace_key = @workspace_key group by status
