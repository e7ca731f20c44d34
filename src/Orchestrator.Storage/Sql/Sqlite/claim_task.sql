update tasks
set status = 'processing',
    attempt = attempt + 1,
    started_at = coalesce(started_at, @now),
    lease_token = @token,
    lease_expires_at = @now + @lease,
    lease_silo = @silo,
    waiting_on = null,
    seq = seq + 1,
    timeline = timeline || ',[' || (seq + 1) || ',"processing",' || @now || ',' || (attempt + 1) || ',{"silo":"' || @silo || '"}]'
where id = @id
returning attempt, max_attempts, timeout_ms, continuation, checkpoint, run_id, deadline_at, deadline_at - @now as to_deadline,
    max(0, @now - coalesce(due_at, created_at)) as waited,
    case when started_at = @now then started_at end as step_begun_at, started_at - max(created_at, coalesce(run_at, created_at)) as step_waited,
    (select s.input from task_specs s where s.id = tasks.id) as input, (select s.step_key from task_specs s where s.id = tasks.id) as step_key,
    (select s.trace_parent from task_specs s where s.id = tasks.id) as trace_parent
