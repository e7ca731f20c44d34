delete from resource_levels
where (name, bucket_at) in (
    select name, bucket_at
    from resource_levels
    where bucket_at <= (select orc_now()) - @age
    order by bucket_at
    limit @limit)
