-- No "is not null" beside an id, so that the plan goes by the id and not along a partial index.
select id, resources from tasks where id = any (@ids) and coalesce(resources, '') <> ''
