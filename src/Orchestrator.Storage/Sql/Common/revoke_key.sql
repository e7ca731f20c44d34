update api_keys set revoked_at = coalesce(revoked_at, orc_now()) where id = @id
