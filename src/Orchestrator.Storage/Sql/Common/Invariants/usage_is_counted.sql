-- A workspace has used no less than its tasks that are kept; those that were deleted still count. A sum at its bound says nothing.
select w.id
from workspaces w
join (
    select t.workspace_key, sum(t.input_tokens) as input_tokens, sum(t.output_tokens) as output_tokens, sum(t.cached_tokens) as cached_tokens,
        sum(t.reasoning_tokens) as reasoning_tokens, sum(t.cost_nanos) as cost_nanos
    from (
        select workspace_key, input_tokens, output_tokens, cached_tokens, reasoning_tokens, cost_nanos from tasks where input_tokens is not null
        union all
        select workspace_key, input_tokens, output_tokens, cached_tokens, reasoning_tokens, cost_nanos from finished_tasks
        where input_tokens is not null
    ) t
    group by t.workspace_key
) used on used.workspace_key = w.key
left join (
    select c.workspace_key, sum(c.input_tokens) as input_tokens, sum(c.output_tokens) as output_tokens, sum(c.cached_tokens) as cached_tokens,
        sum(c.reasoning_tokens) as reasoning_tokens, sum(c.cost_nanos) as cost_nanos
    from (
        select workspace_key, input_tokens, output_tokens, cached_tokens, reasoning_tokens, cost_nanos from workspace_usage
        union all
        select workspace_key, input_tokens, output_tokens, cached_tokens, reasoning_tokens, cost_nanos from workspace_usage_entries
    ) c
    group by c.workspace_key
) counted on counted.workspace_key = w.key
where (used.input_tokens > coalesce(counted.input_tokens, 0) and coalesce(counted.input_tokens, 0) < 4500000000000000000)
    or (used.output_tokens > coalesce(counted.output_tokens, 0) and coalesce(counted.output_tokens, 0) < 4500000000000000000)
    or (used.cached_tokens > coalesce(counted.cached_tokens, 0) and coalesce(counted.cached_tokens, 0) < 4500000000000000000)
    or (used.reasoning_tokens > coalesce(counted.reasoning_tokens, 0) and coalesce(counted.reasoning_tokens, 0) < 4500000000000000000)
    or (used.cost_nanos > coalesce(counted.cost_nanos, 0) and coalesce(counted.cost_nanos, 0) < 4500000000000000000)
