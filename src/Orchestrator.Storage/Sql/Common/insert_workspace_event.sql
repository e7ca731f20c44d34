insert into workspace_events (workspace_key, seq, type, at, data)
select key, event_seq, @type, orc_now(), @data from workspaces where key = @key
