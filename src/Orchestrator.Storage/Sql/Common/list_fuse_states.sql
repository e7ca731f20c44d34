select workspace_key, fuse, tripped_at, until_at, reason, trips, reset_at
from fuse_states
where workspace_key = any (@keys)
order by workspace_key, fuse
