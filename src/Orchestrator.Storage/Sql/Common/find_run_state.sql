select state from runs where id = @id
