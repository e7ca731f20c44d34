delete from workspace_fuses where workspace_key = @key
