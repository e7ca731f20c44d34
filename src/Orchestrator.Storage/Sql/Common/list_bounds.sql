-- All of them, and without those who wait, whom nobody counts for a chart.
select name, capacity, refill, level, level_at, closed_until, permits, retry_at, created_at, updated_at
from resources
order by name
