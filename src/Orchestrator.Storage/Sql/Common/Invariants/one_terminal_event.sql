-- A finished task has exactly one terminal event, its last; a live one has none.
select t.id, count(h.seq) as terminal_events, max(h.seq) as last_terminal_seq
from (select id, seq, 1 as ends from finished_tasks union all select id, seq, 0 from tasks) t
left join task_history h on h.task_id = t.id and h.type in ('completed', 'failed', 'cancelled')
group by t.id, t.seq, t.ends
having count(h.seq) <> t.ends or max(h.seq) <> t.seq
