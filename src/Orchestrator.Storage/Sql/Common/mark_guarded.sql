update workspaces set guarded = @flag where key = any (@keys) and not guarded
