-- The children that have not ended. The caller holds them, so none of them ends unseen.
insert into task_dependencies (depends_on, task_id)
select t.id, t.parent_id from tasks t where t.id = any (@ids) and t.parent_id = @task_id
