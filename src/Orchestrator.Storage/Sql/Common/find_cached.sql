select workspace_key, hash, output, created_at
from step_cache
where workspace_key = any (@keys) and hash = any (@hashes) and expires_at > @now
