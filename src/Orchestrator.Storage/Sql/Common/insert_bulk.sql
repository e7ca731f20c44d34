insert into bulk_operations (id, kind, workspace_key, target_key, filter, target, dry_run, matched, created_at, finished_at)
values (@id, @kind, @workspace_key, @target_key, @filter, @target, @dry_run, @matched, @created_at, @finished_at)
