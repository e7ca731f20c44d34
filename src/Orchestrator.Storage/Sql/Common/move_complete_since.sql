-- Its deliveries are known to be complete only from the last on that was purged.
update webhooks set complete_since = @at where key = @key and complete_since < @at
