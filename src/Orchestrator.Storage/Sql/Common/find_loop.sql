select f.loop_executions, f.loop_window_seconds, f.loop_pause_seconds, f.loop_count_all, s.reset_at
from workspaces w
left join workspace_fuses f on f.workspace_key = w.key
left join fuse_states s on s.workspace_key = w.key and s.fuse = 'antiLoop'
where w.key = @key
