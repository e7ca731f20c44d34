-- What was refused changed nothing; an answer of 499 or of more may stand for a change.
delete from audit_log
where id in (select id from audit_log where status between 400 and 498 order by id desc limit @limit offset @kept)
