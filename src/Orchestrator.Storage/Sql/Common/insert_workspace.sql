insert into workspaces (id, name, goal, weight, max_parallel, created_at, updated_at)
values (@id, @name, @goal, @weight, @max_parallel, orc_now(), orc_now())
on conflict (id) do nothing
