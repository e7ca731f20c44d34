update workspaces set at_limit = @at_limit where key = any (@keys) and at_limit
