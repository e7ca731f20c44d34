-- As share_workspaces, of those that nobody is changing or deleting just now.
select key from workspaces where key = any (@keys) order by key for key share skip locked
