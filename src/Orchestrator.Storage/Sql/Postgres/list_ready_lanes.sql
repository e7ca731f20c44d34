-- The lanes that name nothing but these skills of their actions and may have ready tasks. Of more than the limit, some by chance.
select l.lane
from (
    select distinct a.action as lane
    from workspaces w
    cross join unnest(w.ready_actions) as a(action)
    where w.uses_skills and not w.paused and not w.at_limit and strpos(a.action, '+') > 0
        and not exists (
            select 1
            from unnest((string_to_array(a.action, '+'))[2:]) as s(skill)
            where split_part(a.action, '+', 1) || '+' || s.skill <> all (@skills))
) l
order by random()
limit @limit
