insert into workspaces (id, name, goal, weight, max_parallel, maintenance, created_at, updated_at)
values (@id, @name, @goal, @weight, @max_parallel, @maintenance, orc_now(), orc_now())
on conflict (id) do nothing
