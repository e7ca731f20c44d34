delete from runs where id = any (@ids)
