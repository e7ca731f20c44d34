select id, parent_id from tasks where parent_id = any (@ids) order by id
