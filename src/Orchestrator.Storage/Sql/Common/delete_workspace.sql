delete from workspaces where key = @key
