insert into task_messages (task_id, number, role, content, at) values (@task_id, @number, @role, @content, @at)
