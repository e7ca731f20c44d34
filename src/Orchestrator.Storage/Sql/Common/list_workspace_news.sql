-- Newest first, so that a limit leaves out the oldest.
select w.id as workspace, e.seq, e.type, e.at, e.data
from workspace_events e
join workspaces w on w.key = e.workspace_key
where e.at > (select orc_now()) - @age
order by e.at desc, e.seq desc
limit @limit
