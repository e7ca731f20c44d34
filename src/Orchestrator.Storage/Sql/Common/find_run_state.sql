select state, finished_at from runs where id = @id
