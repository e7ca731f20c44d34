update workspaces w
set pending_total = w.pending_total + s.total, pending_delegated = w.pending_delegated + s.delegated
from unnest(@keys, @totals, @delegated_totals) as s(key, total, delegated)
where w.key = s.key
