select refused
from orc_finish_tasks(
    @workspaces, @ids, @tokens, @statuses, @results, @error_codes, @error_messages, @error_retryable, @data, @input_tokens,
    @output_tokens, @cached_tokens, @reasoning_tokens, @cost_nanos, @webhook_scopes, @type_patterns, true) as refused
