insert into run_events (run_id, seq, type, at, step, item, data) values (@run_id, @seq, @type, @at, @step, @item, @data)
