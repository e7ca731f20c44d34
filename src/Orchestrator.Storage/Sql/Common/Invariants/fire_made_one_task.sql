-- No task stands for two times of schedules.
select task_id, count(*) as fires from schedule_fires where task_id is not null group by task_id having count(*) > 1
