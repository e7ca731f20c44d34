select a.task_id, t.workspace_key
from approvals a
left join tasks t on t.id = a.task_id
where a.decision is null and a.expires_at <= (select orc_now())
order by a.expires_at
limit @limit
