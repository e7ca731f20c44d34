-- The lanes of these actions that name skills and may have ready tasks. Of more than the limit, some by chance.
select l.lane
from (
    select distinct a.value as lane
    from workspaces w
    cross join json_each(w.ready_actions) as a
    where w.uses_skills and not w.paused and not w.at_limit and instr(a.value, '+') > 0
        and substr(a.value, 1, instr(a.value, '+') - 1) in (select value from json_each(@actions))
) l
order by random()
limit @limit
