-- What receivers know an event by is made of what it tells, so no two events share it and no event has two.
select webhook_key, event_id, task_id, run_id, seq
from webhook_deliveries
where coalesce(task_id, run_id) is not null and event_id <> cast(coalesce(task_id, run_id) as text) || '.' || cast(seq as text)
