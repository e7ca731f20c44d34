insert into workspace_usage as u (workspace_key, day, input_tokens, output_tokens, cached_tokens, reasoning_tokens, cost_nanos)
values (@key, @day, @input_tokens, @output_tokens, @cached_tokens, @reasoning_tokens, @cost_nanos)
on conflict (workspace_key, day) do update set
    input_tokens = case when u.input_tokens > @most - excluded.input_tokens then @most else u.input_tokens + excluded.input_tokens end,
    output_tokens = case when u.output_tokens > @most - excluded.output_tokens then @most else u.output_tokens + excluded.output_tokens end,
    cached_tokens = case when u.cached_tokens > @most - excluded.cached_tokens then @most else u.cached_tokens + excluded.cached_tokens end,
    reasoning_tokens = case when u.reasoning_tokens > @most - excluded.reasoning_tokens then @most else u.reasoning_tokens + excluded.reasoning_tokens end,
    cost_nanos = case when u.cost_nanos > @most - excluded.cost_nanos then @most else u.cost_nanos + excluded.cost_nanos end
