-- The fence: the row answers only while the lease is this one and, by the database's clock, unexpired.
select id, workspace_key, action, attempt, seq
from tasks
where id = @id and lease_token = @token
    and (lease_expires_at > orc_now()) = @unexpired
for no key update
