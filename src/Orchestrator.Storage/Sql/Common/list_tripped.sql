select fuse from fuse_states where workspace_key = @key and tripped_at is not null order by fuse
