insert into goal_changes (workspace_key, changed_at, after_id)
values (@key, @now, @after)
on conflict (workspace_key) do update set changed_at = excluded.changed_at, after_id = excluded.after_id
