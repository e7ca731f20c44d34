-- Waits for nobody: whoever holds a task that others wait for may be about to write who waits.
select id, blocked_tasks from tasks where id = any (@ids) order by id for no key update skip locked
