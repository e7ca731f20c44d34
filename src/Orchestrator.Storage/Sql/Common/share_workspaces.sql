-- Whoever makes a task ready holds the workspace's row until commit, so that no turn parks it as empty.
select key from workspaces where key = any (@keys) order by key for key share
