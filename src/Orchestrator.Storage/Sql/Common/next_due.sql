select min(due.at) - orc_now() as due
from (
    select min(due_at) as at from tasks where status = 'scheduled'
    union all
    select min(deadline_at) from tasks where deadline_at is not null
    union all
    select min(paused_until) from workspaces where paused_until is not null
    union all
    select min(finished_at) from finished_tasks where unresolved
    union all
    select min(expires_at) from approvals where decision is null and expires_at is not null
) due
