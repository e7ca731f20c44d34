insert into workspace_usage_entries (workspace_key, day, input_tokens, output_tokens, cached_tokens, reasoning_tokens, cost_nanos)
values (@key, orc_now() / 86400000000, @input_tokens, @output_tokens, @cached_tokens, @reasoning_tokens, @cost_nanos)
