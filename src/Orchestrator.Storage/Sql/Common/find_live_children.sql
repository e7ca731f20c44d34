select id, status from tasks where id = any (@ids) and parent_id = @parent_id
