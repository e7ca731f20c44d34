select workspace_key, root_id from runs where id = @id
