-- What has started counts in its workspace, and what hangs together stays together.
update tasks
set workspace_key = @target_key
where id = any (@ids) and attempt = 0 and continuation is null and parent_id is null and run_id is null and not has_children and not has_dependents and pending_dependencies = 0
    and status in ('queued', 'scheduled')
returning id, coalesce(lane, action) as lane, status, resources is not null as needs_resources
