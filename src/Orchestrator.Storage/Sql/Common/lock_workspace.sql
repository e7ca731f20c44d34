-- Excludes turns, and everybody who makes tasks ready, until the transaction ends. What else is known of the workspace is read
-- after this, so that it is as new as the lock.
select w.key, w.id, w.paused, w.budgeted from workspaces w where w.id = @id for update
