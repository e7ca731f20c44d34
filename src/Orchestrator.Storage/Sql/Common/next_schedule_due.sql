select min(next_fire_at) - orc_now() as due from schedules where next_fire_at is not null
