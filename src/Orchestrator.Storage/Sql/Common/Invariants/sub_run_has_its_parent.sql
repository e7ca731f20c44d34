-- A sub-run stands one below a run of the same tree and workspace; a run without a parent is the first of its tree.
select r.id, r.parent_id, r.root_id, r.depth
from runs r
left join runs p on p.id = r.parent_id
where case
    when r.parent_id is null then r.depth <> 0 or r.root_id <> r.id
    else p.id is null or p.depth + 1 <> r.depth or p.root_id <> r.root_id or p.workspace_key <> r.workspace_key
end
