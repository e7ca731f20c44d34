-- The events of a workspace follow one another without gaps; the oldest may be gone.
select w.id, w.event_seq, e.first, e.last, e.events
from workspaces w
join (
    select workspace_key, min(seq) as first, max(seq) as last, count(*) as events from workspace_events group by workspace_key
) e on e.workspace_key = w.key
where e.last <> w.event_seq or e.events <> e.last - e.first + 1
