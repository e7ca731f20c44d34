select s.id, s.step_key from task_specs s join tasks t on t.id = s.id where s.run_id = @id
