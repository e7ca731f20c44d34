-- What the attempts that run need, so what they hold. The state is a parameter, so that the plan goes by the index of those
-- with resources.
select resources, count(*) as tasks
from tasks
where status = @processing and resources is not null
group by resources
