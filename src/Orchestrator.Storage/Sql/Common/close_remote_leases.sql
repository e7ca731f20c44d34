update remote_leases set settled_at = orc_now() where token = any (@tokens) and settled_at is null
