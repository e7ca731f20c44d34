-- A fuse that has paused a workspace is tripped.
select w.id, w.paused_by
from workspaces w
where w.paused_by is not null
    and not exists (
        select 1 from fuse_states s where s.workspace_key = w.key and s.fuse = w.paused_by and s.tripped_at is not null)
