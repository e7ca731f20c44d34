delete from key_bootstraps where expires_at <= (select orc_now())
