select workspace_key, max(entry) as entry
from (select workspace_key, entry from budget_ledger where at <= (select orc_now()) - @age order by at limit @limit) old
group by workspace_key
order by workspace_key
