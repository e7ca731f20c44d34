-- The events of a run are numbered from 1 without gaps, and the run knows the last.
select r.id, r.event_seq, count(e.seq) as events
from runs r
left join run_events e on e.run_id = r.id
group by r.id, r.event_seq
having count(e.seq) <> r.event_seq or coalesce(max(e.seq), 0) <> r.event_seq or coalesce(min(e.seq), 1) <> 1
