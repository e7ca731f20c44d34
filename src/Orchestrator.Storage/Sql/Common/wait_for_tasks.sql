select id from tasks where id = any (@ids) order by id for no key update
