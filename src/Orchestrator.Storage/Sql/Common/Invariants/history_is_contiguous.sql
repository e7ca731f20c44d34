-- Entries are numbered from 1 to the row's own number without gaps or repeats.
select t.id, t.seq, count(h.seq) as entries, count(distinct h.seq) as distinct_entries, max(h.seq) as last_entry
from (select id, seq from tasks union all select id, seq from finished_tasks) t
left join task_history h on h.task_id = t.id
group by t.id, t.seq
having count(h.seq) <> t.seq or count(distinct h.seq) <> t.seq or max(h.seq) <> t.seq
