-- Excludes turns until the transaction ends, but nobody who makes tasks ready.
select w.key, w.id, w.circuits_open from workspaces w where w.key = @key for no key update
