-- Not with an "or": each half has its own index.
delete from task_dependencies
where (depends_on, task_id) in (
    select depends_on, task_id from task_dependencies where depends_on = any (@ids)
    union
    select depends_on, task_id from task_dependencies where task_id = any (@ids))
