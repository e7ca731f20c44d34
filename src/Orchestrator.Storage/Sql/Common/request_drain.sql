update silos set drain_requested = @flag where id = @id
