-- The key is what keeps a time from being fired twice.
insert into schedule_fires (schedule_key, fire_at, task_id, fired_at)
values (@schedule_key, @fire_at, @task_id, orc_now())
on conflict do nothing
