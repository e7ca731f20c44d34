delete from api_keys where id = @id
