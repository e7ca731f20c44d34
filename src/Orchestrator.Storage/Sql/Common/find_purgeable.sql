-- An ended child is kept while its parent is live, which may ask how it ended. A subquery for one value, so that the plan is to look
-- that parent up and never to read all that is live.
select id
from finished_tasks
where status = @status and finished_at <= (select orc_now()) - @age and not unresolved
    and (parent_id is null or (select p.id from tasks p where p.id = finished_tasks.parent_id) is null)
order by finished_at
limit @limit
for update skip locked
