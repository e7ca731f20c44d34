-- No workspace has more live tasks, or delegated ones, than its row says at most.
select w.id, w.pending_total, w.pending_delegated, l.total, l.delegated
from workspaces w
join (
    select t.workspace_key, count(*) as total, sum(case when t.delegation_depth > 0 then 1 else 0 end) as delegated
    from tasks t
    group by t.workspace_key
) l on l.workspace_key = w.key
where l.total > w.pending_total or l.delegated > w.pending_delegated
