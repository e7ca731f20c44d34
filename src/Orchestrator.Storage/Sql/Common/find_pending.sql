select w.key, w.pending_epoch, w.pending_total, w.pending_delegated, w.pending_counted_at, f.pending_total as max_total,
    f.pending_delegated as max_delegated
from workspaces w
left join workspace_fuses f on f.workspace_key = w.key
where w.key = any (@keys)
