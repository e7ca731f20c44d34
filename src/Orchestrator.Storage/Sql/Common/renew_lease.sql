update tasks
set lease_expires_at = orc_now() + @duration
where id = @id and lease_token = @token and lease_expires_at > orc_now()
