-- Answers whether a webhook may want to know.
with written as (
    insert into run_timelines (run_id, first_seq, last_seq, at, events)
    select run_id, first_seq, last_seq, @now, events from unnest(@run_ids, @firsts, @lasts, @events) as t(run_id, first_seq, last_seq, events)
)
select exists (
    select 1
    from webhooks h
    where h.enabled and h.workspace_key = any (@workspace_keys) and h.types like any (@type_patterns)
) as told
