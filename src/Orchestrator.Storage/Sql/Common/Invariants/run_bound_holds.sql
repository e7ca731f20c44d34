-- No run has more under way than it may.
select id, in_flight, max_parallel from runs where in_flight < 0 or in_flight > max_parallel
