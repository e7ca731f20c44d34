delete from tasks where id = any (@ids)
