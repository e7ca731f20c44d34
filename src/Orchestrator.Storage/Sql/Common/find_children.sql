select id from tasks where parent_id = @id order by id
