-- The transaction is the lock.
select w.key from workspaces w where w.key = @key
