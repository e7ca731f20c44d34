insert into run_outputs (run_id, name, output)
select * from unnest(@run_ids, @names, @outputs)
on conflict (run_id, name) do update set output = excluded.output
