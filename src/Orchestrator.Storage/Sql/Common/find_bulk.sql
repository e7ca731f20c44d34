select id, kind, filter, target, dry_run, matched, done, skipped, errors, created_at, finished_at from bulk_operations where id = @id
