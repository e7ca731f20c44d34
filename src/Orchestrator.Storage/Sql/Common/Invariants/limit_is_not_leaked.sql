-- A workspace counts as being at its limit only while it is.
select w.id, w.max_parallel
from workspaces w
where w.at_limit and (w.max_parallel is null or w.max_parallel > (
    select count(*) from tasks t where t.workspace_key = w.key and t.status = 'processing'))
