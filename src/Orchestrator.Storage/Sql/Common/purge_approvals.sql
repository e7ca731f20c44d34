delete from approvals where task_id = any (@ids)
