-- A new score moves the rank by the difference, so that whatever else stands in the rank is kept. What runs keeps its score.
update tasks t
set score = cast(n.score as integer),
    rank = t.rank + (t.score - n.score),
    score_source = n.source,
    seq = t.seq + 1,
    timeline = t.timeline || ',' || orc_event(t.seq + 1, 'scored', @now, t.attempt, n.data)
from unnest(@ids, @scores, @sources, @score_data) as n(id, score, source, data)
where t.id = n.id and t.status <> @processing
returning t.id
