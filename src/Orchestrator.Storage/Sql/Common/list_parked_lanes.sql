select distinct coalesce(lane, action) as lane
from tasks
where workspace_key = @key and waiting_for = 'provider' and provider = @provider
order by 1
