update runs r
set status = c.status, state = c.state, in_flight = c.in_flight, output = c.output, event_seq = c.event_seq,
    begins_at = c.begins_at, due_at = c.due_at, abandons = c.abandons, waits = c.waits, finished_at = c.finished_at
from unnest(@ids, @statuses, @states, @in_flights, @outputs, @event_seqs, @begin_times, @due_times, @abandon_flags, @wait_flags, @finish_times) as c(
    id, status, state, in_flight, output, event_seq, begins_at, due_at, abandons, waits, finished_at)
where r.id = c.id
