delete from task_dependencies where depends_on = any (@ids)
