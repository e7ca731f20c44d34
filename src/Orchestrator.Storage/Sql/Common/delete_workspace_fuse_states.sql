delete from fuse_states where workspace_key = @key
