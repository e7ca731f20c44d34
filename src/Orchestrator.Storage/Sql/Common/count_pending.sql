-- Each part has its index.
select (
        select count(*) from tasks t where t.workspace_key = @key and t.status = 'queued'
    ) + (
        select count(*) from tasks t where t.workspace_key = @key and t.status = 'processing'
    ) + (
        select count(*) from tasks t where t.workspace_key = @key and t.status in ('scheduled', 'blocked', 'waiting')
    ) as total,
    (select count(*) from tasks t where t.workspace_key = @key and t.delegation_depth > 0) as delegated
