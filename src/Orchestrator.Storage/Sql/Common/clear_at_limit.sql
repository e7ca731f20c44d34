update workspaces set at_limit = @at_limit, short_of_money = @at_limit where key = any (@keys) and (at_limit or short_of_money)
