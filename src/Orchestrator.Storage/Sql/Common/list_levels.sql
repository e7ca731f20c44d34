select bucket_at, available, most from resource_levels where name = @name and bucket_at >= @from
