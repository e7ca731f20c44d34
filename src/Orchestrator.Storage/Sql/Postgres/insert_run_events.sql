insert into run_events (run_id, seq, type, at, step, item, data)
select run_id, seq, type, @now, step, item, data from unnest(@run_ids, @seqs, @types, @steps, @items, @data) as e(run_id, seq, type, step, item, data)
