insert into task_dependencies (depends_on, task_id) values (@depends_on, @task_id)
