update tasks
set status = @status, run_at = @run_at, due_at = @run_at, seq = seq + @events,
    timeline = case when @events = 0 then timeline else timeline || ',' || orc_event(seq + 1, @status, @now, attempt, null) end
where id = @id
