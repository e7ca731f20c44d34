-- The messages to a task are numbered from 1 without gaps, and its history tells each of them.
select m.task_id, m.messages, m.last_number, h.told
from (
    select task_id, count(*) as messages, min(number) as first_number, max(number) as last_number
    from task_messages
    group by task_id
) m
left join (select task_id, count(*) as told from task_events where type = 'message' group by task_id) h on h.task_id = m.task_id
where m.messages <> m.last_number or m.first_number <> 1 or m.messages <> coalesce(h.told, 0)
