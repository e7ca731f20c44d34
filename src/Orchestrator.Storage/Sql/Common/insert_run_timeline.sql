insert into run_timelines (run_id, first_seq, last_seq, at, events) values (@run_id, @first_seq, @last_seq, @at, @events)
