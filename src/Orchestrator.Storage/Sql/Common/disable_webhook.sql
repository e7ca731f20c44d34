update webhooks set enabled = @enabled, disabled_reason = @disabled_reason, complete_since = null, updated_at = orc_now() where key = @key
