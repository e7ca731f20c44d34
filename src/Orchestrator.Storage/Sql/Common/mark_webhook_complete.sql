update webhooks set complete_since = orc_now() where id = @id and enabled
