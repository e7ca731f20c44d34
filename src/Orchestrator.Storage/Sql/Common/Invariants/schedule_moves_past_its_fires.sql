-- A time that was fired lies behind the schedule: whoever fired it moved the schedule on in the same transaction.
select s.id, s.next_fire_at, f.fire_at
from schedules s
join schedule_fires f on f.schedule_key = s.key and f.fire_at >= s.next_fire_at
