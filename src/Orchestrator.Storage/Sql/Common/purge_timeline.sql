delete from timeline_buckets
where (workspace_key, action, bucket_at, process) in (
    select workspace_key, action, bucket_at, process
    from timeline_buckets
    where bucket_at <= (select orc_now()) - @age
    order by bucket_at
    limit @limit)
