select id, at, actor, source_address, operation, target_kind, target_id, workspace, status, problem_type, trace_id
from audit_log
where id < @before
    and at > @created_after
    and (@workspace is null or workspace = @workspace)
    and (@actor is null or actor = @actor)
    and (@operation is null or operation = @operation)
order by id desc
limit @limit
