select key from workspaces where id = any (@ids)
