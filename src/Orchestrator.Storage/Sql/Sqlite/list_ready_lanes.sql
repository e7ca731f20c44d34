-- The lanes that name nothing but these skills of their actions and may have ready tasks. Of more than the limit, some by chance.
select l.lane
from (
    select distinct a.value as lane
    from workspaces w
    cross join json_each(w.ready_actions) as a
    where w.uses_skills and not w.paused and not w.at_limit and instr(a.value, '+') > 0
        and not exists (
            select 1
            from json_each('["' || replace(a.value, '+', '","') || '"]') as s
            where s.key > 0
                and substr(a.value, 1, instr(a.value, '+')) || s.value not in (select value from json_each(@skills)))
) l
order by random()
limit @limit
