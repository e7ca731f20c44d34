select min(look_at) - orc_now() as due from circuits where look_at is not null
