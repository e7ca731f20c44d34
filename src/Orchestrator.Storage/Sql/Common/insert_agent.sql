insert into agents (name, version, definition, created_at, updated_at)
values (@name, @version, @definition, @created_at, @updated_at)
on conflict (name, version) do nothing
