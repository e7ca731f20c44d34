-- A state that is looked at beside an id is a parameter, so that the plan goes by the id and not along a partial index.
select (
    select count(*)
    from tasks t
    where t.workspace_key = mine.workspace_key and t.status = 'queued'
        and (t.rank < mine.rank or (t.rank = mine.rank and t.id < mine.id))) as place
from tasks mine
where mine.id = @id and mine.status = @queued
