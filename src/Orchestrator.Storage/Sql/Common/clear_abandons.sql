update runs set abandons = @flag where id = @id
