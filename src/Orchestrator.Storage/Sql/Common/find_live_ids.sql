select id from tasks where id = any (@ids)
