delete from key_sessions where id = @id
