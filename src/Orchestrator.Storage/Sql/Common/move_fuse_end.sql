update fuse_states set until_at = @until where workspace_key = @key and fuse = @fuse and tripped_at is not null
