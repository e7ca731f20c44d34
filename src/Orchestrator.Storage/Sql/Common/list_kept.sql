-- What the tasks need that were woken for a resource a moment ago and have not been granted it yet. The state is a parameter, so
-- that the plan goes by the index of those with resources.
select resources, count(*) as tasks, max(due_at) as woken_at
from tasks
where status = @queued and waiting_on = @name and resources is not null and due_at > @since
group by resources
