select min(due.at) - orc_now() as due
from (
    select min(due_at) as at from runs where due_at is not null
    union all
    select min(created_at) from runs where abandons
) due
