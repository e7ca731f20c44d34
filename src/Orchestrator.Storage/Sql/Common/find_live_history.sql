select seq, timeline from tasks where id = @id
