-- Makes room for events at the end of a task's history. The caller holds the task.
update tasks set seq = seq + @events where id = @id returning seq, attempt, orc_now() as now
