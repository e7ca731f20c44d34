-- Also answers when they ended.
select f.refused, n.now as ended_at
from (select orc_now() as now) n
left join orc_finish_tasks(
    @workspaces, @ids, @tokens, @statuses, @results, @error_codes, @error_messages, @error_retryable, @data, @input_tokens,
    @output_tokens, @cached_tokens, @reasoning_tokens, @cost_nanos, @webhook_scopes, @type_patterns, true) as f(refused) on true
