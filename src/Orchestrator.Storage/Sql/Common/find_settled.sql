-- An earlier try of the same settlement whose answer was lost.
select id from finished_tasks where id = @id and lease_token = @token
union all
select id from tasks where id = @id and settled_token = @token
