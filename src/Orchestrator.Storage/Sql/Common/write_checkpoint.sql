update tasks set checkpoint = @checkpoint where id = @id
