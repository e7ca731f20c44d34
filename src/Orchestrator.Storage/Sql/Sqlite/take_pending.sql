update workspaces
set pending_total = pending_total + (
        select t.value from json_each(@keys) as k join json_each(@totals) as t on t.key = k.key where k.value = workspaces.key),
    pending_delegated = pending_delegated + (
        select t.value from json_each(@keys) as k join json_each(@delegated_totals) as t on t.key = k.key where k.value = workspaces.key)
where key in (select value from json_each(@keys))
