-- What orc_guard counts.
select count(*) as executions
from guarded_attempts g
where g.workspace_key = @key and g.at > @since and not g.returned and (g.delegated or @counts_all)
