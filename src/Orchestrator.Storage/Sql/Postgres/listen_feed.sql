do $$ begin execute format('listen %I', 'orc_feed_' || current_schema()); end $$
