select seq, type, at, step, item, data
from run_events
where run_id = @id and last_seq > @after and seq > @after
order by last_seq, seq
limit @limit
