select 1 from webhooks where enabled limit 1
