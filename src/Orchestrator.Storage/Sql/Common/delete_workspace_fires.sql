delete from schedule_fires where schedule_key in (select key from schedules where workspace_key = @key)
