update workspaces set circuits_open = @open where key = @key
