-- The best that wait, unless a better one is ready already. Those that have not failed come first: one that fails by itself is not to
-- speak for its provider for ever. Only the first thousand are looked at.
select p.id
from (
    select w.id, w.rank
    from (
        select t.id, t.rank, t.error_code
        from tasks t
        where t.workspace_key = @key and t.waiting_for = 'provider' and t.provider = @provider and coalesce(t.lane, t.action) = @lane
        order by t.rank, t.id
        limit 1000
    ) w
    order by case when w.error_code is null then 0 else 1 end, w.rank, w.id
    limit @limit
) p
where not exists (
    select 1
    from tasks q
    where q.workspace_key = @key and coalesce(q.lane, q.action) = @lane and q.status = 'queued' and (q.rank, q.id) < (p.rank, p.id))
