-- Waits for those who write deliveries for it; they hold the row FOR KEY SHARE.
select key from webhooks where id = @id for update
