select id from tasks where id = @id and lease_token = @token
