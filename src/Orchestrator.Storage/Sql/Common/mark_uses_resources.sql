update workspaces set uses_resources = @flag where key = any (@keys) and not uses_resources
