-- Tasks of runs that have ended, with what the run is to know of them. One that was begun once has its two times in columns; only of
-- others the timeline is read.
select f.id, s.run_id, s.step_key, f.created_at, f.run_at, f.started_at, f.finished_at, f.error_code,
    f.error_message, f.error_retryable, case when f.seq > @usual then f.timeline end as timeline
from task_specs s
join finished_tasks f on f.id = s.id
where s.id = any (@ids)
order by f.id
