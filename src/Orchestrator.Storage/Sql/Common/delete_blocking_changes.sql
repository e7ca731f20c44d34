delete from blocking_changes where id = any (@ids)
