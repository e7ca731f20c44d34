-- What it wants may have changed, so its deliveries are not known to be complete until that is committed.
update webhooks
set description = @description, url = @url, types = @types, secret = coalesce(@secret, secret), enabled = @enabled,
    disabled_reason = @disabled_reason, complete_since = null, updated_at = orc_now()
where id = @id
