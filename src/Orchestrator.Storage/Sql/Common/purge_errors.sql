delete from error_groups
where (workspace_key, fingerprint) in (
    select workspace_key, fingerprint from error_groups where last_at <= (select orc_now()) - @age order by last_at limit @limit)
