-- The workspace is held, so that its goal stays what it is while tasks are scored by it. What another process holds is passed over.
select g.workspace_key, g.changed_at, g.after_id
from goal_changes g
join workspaces w on w.key = g.workspace_key
order by g.changed_at
limit 1
for key share of w skip locked
for no key update of g skip locked
