select id from tasks where status = 'waiting' and waiting_on = @name and resources is not null limit 1
