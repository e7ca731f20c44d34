select id from runs where id = any (@ids) and status = 'started'
