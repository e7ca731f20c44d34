-- Those of these workspaces with webhooks that are told of ends of tasks.
select distinct workspace_key
from webhooks
where workspace_key in (select value from json_each(@keys)) and enabled and (types like '%"*"%' or types like '%"task.%')
