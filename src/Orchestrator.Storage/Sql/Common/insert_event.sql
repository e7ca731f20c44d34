insert into task_events (task_id, seq, type, at, attempt, data) values (@task_id, @seq, @type, @at, @attempt, @data)
