update runs
set status = @status, state = @state, in_flight = @in_flight, output = @output, event_seq = @event_seq, begins_at = @begins_at, due_at = @due_at, abandons = @abandons, waits = @waits, finished_at = @finished_at
where id = @id
