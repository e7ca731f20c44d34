-- Whether what a task is to wait for waits itself for that task.
with recursive ahead (id) as (
    select t.id from tasks t where t.id = any (@ids) and t.parent_id = @task_id and t.pending_dependencies > 0
    union
    select d.depends_on
    from ahead a
    join tasks t on t.id = a.id
    join task_dependencies d on d.task_id = t.id
)
select id from ahead where id = @task_id
