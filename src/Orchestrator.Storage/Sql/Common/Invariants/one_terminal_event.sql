-- A finished task has exactly one terminal event, its last; a live one has none.
select h.task_id, count(*) as terminal_events, max(h.seq) as last_terminal_seq
from task_history h
left join finished_tasks f on f.id = h.task_id
where h.type in ('completed', 'failed', 'cancelled')
group by h.task_id, f.id, f.seq
having f.id is null or count(*) <> 1 or max(h.seq) <> f.seq
