select workspace_key from tasks where id = @id
