delete from silos where id = @id
