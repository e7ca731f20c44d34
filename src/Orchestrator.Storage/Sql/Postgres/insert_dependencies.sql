insert into task_dependencies (depends_on, task_id)
select depends_on, task_id from unnest(@depends_on, @task_ids) as d(depends_on, task_id)
