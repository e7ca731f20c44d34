-- No further than it matters.
with recursive blocked(id) as (
    select d.task_id
    from task_dependencies d
    join tasks t on t.id = d.task_id
    where d.depends_on = @id and t.pending_dependencies > 0
    union
    select d.task_id
    from blocked b
    join task_dependencies d on d.depends_on = b.id
    join tasks t on t.id = d.task_id
    where t.pending_dependencies > 0
)
select count(*) as tasks from (select id from blocked limit @most) as counted
