update workspaces set pass = @pass, ready_actions = @ready_actions, at_limit = @at_limit where key = @key
