-- A new score moves the rank by the difference, so that whatever else stands in the rank is kept. What runs keeps its score.
update tasks
set score = n.score,
    rank = rank + (tasks.score - n.score),
    score_source = n.source,
    seq = seq + 1,
    timeline = timeline || ',' || orc_event(seq + 1, 'scored', @now, attempt, n.data)
from (
    select i.value as id,
        json_extract(@scores, '$[' || i.key || ']') as score,
        json_extract(@sources, '$[' || i.key || ']') as source,
        json_extract(@score_data, '$[' || i.key || ']') as data
    from json_each(@ids) i
) n
where tasks.id = n.id and tasks.status <> @processing
returning id
