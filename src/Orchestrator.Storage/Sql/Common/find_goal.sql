select key from workspaces where goal is not null limit 1
