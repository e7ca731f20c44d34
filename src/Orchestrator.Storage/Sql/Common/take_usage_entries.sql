-- What another process folds just now is passed over.
select id, workspace_key, day, input_tokens, output_tokens, cached_tokens, reasoning_tokens, cost_nanos
from workspace_usage_entries
order by id
limit @limit
for update skip locked
