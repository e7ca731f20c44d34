select w.key, w.id, w.pass, w.weight, w.max_parallel, w.ready_actions, w.uses_resources, w.guarded, w.circuits_open, w.short_of_money,
    case when w.max_parallel is null then 0
        else (select count(*) from tasks t where t.workspace_key = w.key and t.status = 'processing') end as running
from workspaces w
where w.ready_actions <> '[]' and not w.paused and not w.at_limit
    and exists (select 1 from json_each(w.ready_actions) as a where a.value in (
        select value from json_each(case when w.short_of_money then @free else @actions end)))
    and (@workspaces is null or w.id in (select value from json_each(@workspaces)))
order by w.pass, w.key
limit @reach
