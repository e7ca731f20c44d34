select id from runs where id = any (@ids) union all select id from runs where root_id = any (@ids) and parent_id is not null
