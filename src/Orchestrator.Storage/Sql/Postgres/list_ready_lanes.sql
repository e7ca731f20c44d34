-- The lanes of these actions that name skills and may have ready tasks. Of more than the limit, some by chance.
select l.lane
from (
    select distinct a.action as lane
    from workspaces w
    cross join unnest(w.ready_actions) as a(action)
    where w.uses_skills and not w.paused and not w.at_limit and strpos(a.action, '+') > 0
        and split_part(a.action, '+', 1) = any (@actions)
) l
order by random()
limit @limit
