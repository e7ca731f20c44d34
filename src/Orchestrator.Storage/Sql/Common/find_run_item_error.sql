select data
from run_events
where run_id = @id and type = 'step.failed' and step = @step and item = @item
order by last_seq desc, seq desc
limit 1
