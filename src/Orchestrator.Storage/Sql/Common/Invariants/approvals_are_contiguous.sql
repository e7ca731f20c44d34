-- The requests of a task are numbered from 1 without gaps, and only the last may be open.
select a.task_id, count(*) as requests, max(a.number) as last_number
from approvals a
group by a.task_id
having count(*) <> max(a.number) or min(a.number) <> 1 or max(case when a.decision is not null then a.number else 0 end) < max(a.number) - 1
