-- As in notify: what is lost here is lost to people who look on.
select set_config('synchronous_commit', 'off', true), pg_notify('orc_feed_' || current_schema(), @payload)
