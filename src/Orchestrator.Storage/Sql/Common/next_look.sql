select min(retry_at) - orc_now() as due, count(permits) as semaphores from resources where retry_at is not null
