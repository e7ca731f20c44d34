-- Turns know of every circuit that is not closed, and the fuse is tripped for it.
select k.workspace_key, k.provider, k.state
from circuits k
join workspaces w on w.key = k.workspace_key
where k.state <> 'closed' and (not w.circuits_open or not exists (
    select 1 from fuse_states s where s.workspace_key = k.workspace_key and s.fuse = 'circuitBreaker' and s.tripped_at is not null))
