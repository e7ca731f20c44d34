-- What processes took below the caps counts no more: the caps may be others now.
update workspaces
set max_delegation_depth = @max_delegation_depth,
    guarded = guarded or @guarded,
    budgeted = @budgeted,
    short_of_money = @short,
    pending_epoch = pending_epoch + 1,
    pending_counted_at = null
where key = @key
