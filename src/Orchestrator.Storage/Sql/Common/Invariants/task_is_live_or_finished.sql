-- No task is both.
select t.id from tasks t join finished_tasks f on f.id = t.id
