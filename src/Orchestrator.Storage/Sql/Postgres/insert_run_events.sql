-- Answers whether a webhook may want to know.
with written as (
    insert into run_events (run_id, seq, type, at, step, item, data)
    select run_id, seq, type, @now, step, item, data from unnest(@run_ids, @seqs, @types, @steps, @items, @data) as e(run_id, seq, type, step, item, data)
)
select exists (
    select 1
    from webhooks h
    where h.enabled and h.workspace_key = any (@workspace_keys) and h.types like any (@type_patterns)
) as told
