-- A task that a task created is one deeper than that, for all tasks of which both are known; and its parent knows that it has children.
with known as (
    select id, parent_id, delegation_depth, has_children as marked from tasks
    union all
    select id, parent_id, delegation_depth, null from finished_tasks
)
select c.id, c.delegation_depth, p.delegation_depth as depth_of_parent
from known c
join known p on p.id = c.parent_id
where c.delegation_depth <> p.delegation_depth + 1 or not p.marked
