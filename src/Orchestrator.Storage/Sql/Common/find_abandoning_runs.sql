select id from runs where abandons order by id limit @limit
