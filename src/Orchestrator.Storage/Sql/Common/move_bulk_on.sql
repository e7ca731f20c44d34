update bulk_operations
set after_id = @after, done = done + @done, skipped = skipped + @skipped, errors = @errors,
    finished_at = case when @finished then orc_now() else null end
where id = @id
