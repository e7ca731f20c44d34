update schedule_fires set task_id = null, error = @error where schedule_key = @schedule_key and fire_at = @fire_at
