select seq, timeline from finished_tasks where id = @id
