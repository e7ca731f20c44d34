insert into run_outputs (run_id, name, output) values (@run_id, @name, @output)
on conflict (run_id, name) do update set output = excluded.output
