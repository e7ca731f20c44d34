update workspaces set short_of_money = @short where key = @key and short_of_money <> @short
