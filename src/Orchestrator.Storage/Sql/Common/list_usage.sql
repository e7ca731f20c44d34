-- In one statement, so that an entry is seen either by itself or folded.
select day, input_tokens, output_tokens, cached_tokens, reasoning_tokens, cost_nanos
from workspace_usage
where workspace_key = @key
union all
select day, input_tokens, output_tokens, cached_tokens, reasoning_tokens, cost_nanos
from workspace_usage_entries
where workspace_key = @key
