select webhook_key, event_id from webhook_deliveries where webhook_key not in (select key from webhooks)
