select key, owner || '/' || name || '@' || version as name from run_definitions where owner || '/' || name || '@' || version = any (@names)
