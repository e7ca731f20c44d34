update workspaces set at_limit = @at_limit where key = @key
