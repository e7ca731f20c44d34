delete from key_sessions where key_id = @id
