update workspaces set pending_total = pending_total + @total, pending_delegated = pending_delegated + @delegated where key = @key
