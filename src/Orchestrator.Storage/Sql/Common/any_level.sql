select 1 from resource_levels where bucket_at = @at limit 1
