delete from agents where name = @name and version <= @version
