-- Also the fence for what a running attempt reports.
update tasks
set seq = seq + @events,
    progress_fraction = coalesce(@fraction, progress_fraction),
    progress_message = case when @fraction is null then progress_message else @message end
where id = @id and lease_token = @token and lease_expires_at > orc_now()
returning seq, attempt, orc_now() as now
