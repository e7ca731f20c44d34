delete from silos where heartbeat_at <= (select orc_now()) - @silence
