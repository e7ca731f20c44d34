-- A consumed message was consumed after an attempt of its task had started, and after or together with those before it.
select m.task_id, m.number, m.consumed_by
from task_messages m
where m.consumed_by is not null and (
    not exists (select 1 from task_history h where h.task_id = m.task_id and h.type = 'processing' and h.at <= m.consumed_at)
    or exists (
        select 1
        from task_messages b
        where b.task_id = m.task_id and b.number < m.number and (b.consumed_at is null or b.consumed_at > m.consumed_at)))
