-- Whoever makes a task ready holds the workspace's row until commit, so that no turn parks it as empty.
select key, id, goal, ready_actions, uses_resources, max_delegation_depth, guarded, pending_epoch
from workspaces where id = any (@ids) order by key for key share
