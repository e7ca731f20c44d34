select id, workspace_key, target_key, after_id, kind, filter, target, dry_run, matched, done, skipped, errors, created_at, finished_at
from bulk_operations
where finished_at is null
order by created_at
limit 1
for no key update skip locked
