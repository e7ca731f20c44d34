select id, name, host, process_id, slots, busy, actions, draining, started_at, heartbeat_at, orc_now() - heartbeat_at as silence
from silos
where heartbeat_at > (select orc_now()) - @silence
order by name, id
