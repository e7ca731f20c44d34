update workspaces set event_seq = event_seq + 1 where key = @key
