-- The fence of those that delegate; the caller holds the rows.
select id, lease_token from tasks where id = any (@ids) and lease_expires_at > orc_now()
