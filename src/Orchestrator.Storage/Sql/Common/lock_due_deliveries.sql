-- Nothing is waited for: what another process takes just now is passed over.
select h.key as webhook_key, h.url, h.secret, d.event_id, d.type, d.workspace, d.task_id, d.run_id, d.seq, d.attempt, d.at, d.data, d.since,
    d.attempts,
    coalesce((select s.trace_parent from task_specs s where s.id = d.task_id), (select r.trace_parent from runs r where r.id = d.run_id)) as trace_parent
from webhooks h
join webhook_deliveries d on d.webhook_key = h.key
where h.id = @id and h.enabled and d.status = 'pending' and d.next_attempt_at <= (select orc_now())
order by d.next_attempt_at
limit @limit
for no key update of d skip locked
