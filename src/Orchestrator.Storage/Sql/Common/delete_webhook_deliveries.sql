delete from webhook_deliveries where webhook_key in (select key from webhooks where id = @id)
