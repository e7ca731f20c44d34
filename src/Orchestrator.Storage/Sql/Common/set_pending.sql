update workspaces
set pending_epoch = pending_epoch + 1, pending_total = @total, pending_delegated = @delegated_total, pending_counted_at = orc_now()
where key = @key
