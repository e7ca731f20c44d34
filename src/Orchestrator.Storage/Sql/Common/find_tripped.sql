select workspace_key from fuse_states where fuse = @fuse and tripped_at is not null order by tripped_at limit @limit
