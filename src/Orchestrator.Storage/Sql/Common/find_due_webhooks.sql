-- Those that are enabled, and how long until something of theirs is due; null when nothing waits.
select h.id,
    (select min(d.next_attempt_at) from webhook_deliveries d where d.webhook_key = h.key and d.status = 'pending') - orc_now() as due
from webhooks h
where h.enabled
