update workspaces
set name = @name, goal = @goal, weight = @weight, max_parallel = @max_parallel, maintenance = @maintenance, at_limit = @at_limit,
    short_of_money = @at_limit, updated_at = orc_now()
where key = @key
