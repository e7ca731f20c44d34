delete from timeline_buckets where workspace_key = @key
