insert into workspace_usage_entries (workspace_key, day, input_tokens, output_tokens, cached_tokens, reasoning_tokens, cost_nanos)
select t.workspace_key, orc_now() / 86400000000, @input_tokens, @output_tokens, @cached_tokens, @reasoning_tokens, @cost_nanos from tasks t where t.id = @id
