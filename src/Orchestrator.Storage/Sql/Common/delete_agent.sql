delete from agents where name = @name
