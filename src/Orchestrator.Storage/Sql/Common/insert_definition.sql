insert into run_definitions (owner, name, version, description, document, source, format, published_at)
values (@owner, @name, @version, @description, @document, @source, @format, @published_at)
on conflict (owner, name, version) do nothing
returning key
