select id from runs where parent_id = any (@ids) and status = 'started' 
