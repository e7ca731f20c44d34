-- What an attempt has used up to a checkpoint, before that is written. A save that comes again brings the checkpoint that is there, and adds nothing.
update tasks
set input_tokens = coalesce(input_tokens, 0) + @input_tokens,
    output_tokens = coalesce(output_tokens, 0) + @output_tokens,
    cached_tokens = coalesce(cached_tokens, 0) + @cached_tokens,
    reasoning_tokens = coalesce(reasoning_tokens, 0) + @reasoning_tokens,
    cost_nanos = coalesce(cost_nanos, 0) + @cost_nanos
where @has_usage and id = @id and (checkpoint is null or checkpoint <> @checkpoint)
