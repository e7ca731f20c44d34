-- What an attempt ended was written while its lease was unexpired by the database's clock.
select id, finished_at, lease_expires_at
from finished_tasks
where (status = 'completed' and lease_token is null)
    or (lease_token is not null and error_code is null and finished_at >= lease_expires_at)
