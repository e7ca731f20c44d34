-- Whoever frees a slot, or money, of a limited workspace holds its row until commit, so that no turn parks it on a stale count.
select key from workspaces where key = any (@keys) and (max_parallel is not null or budgeted) order by key for key share
