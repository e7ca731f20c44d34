delete from schedule_fires
where (schedule_key, fire_at) in (
    select schedule_key, fire_at from schedule_fires where fired_at <= (select orc_now()) - @age order by fired_at limit @limit)
