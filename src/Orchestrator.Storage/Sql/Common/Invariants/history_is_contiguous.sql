-- Entries are numbered from 1 to the row's own number without gaps or repeats. They are added up before they are joined: a task has several.
select t.id, t.seq, h.entries, h.distinct_entries, h.last_entry
from (select id, seq from tasks union all select id, seq from finished_tasks) t
left join (
    select task_id, count(*) as entries, count(distinct seq) as distinct_entries, max(seq) as last_entry
    from task_history
    group by task_id
) h on h.task_id = t.id
where coalesce(h.entries, 0) <> t.seq or coalesce(h.distinct_entries, 0) <> t.seq or coalesce(h.last_entry, 0) <> t.seq
