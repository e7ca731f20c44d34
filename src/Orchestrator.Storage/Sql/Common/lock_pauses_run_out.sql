select key from workspaces where paused_until <= (select orc_now()) order by key limit @limit for no key update skip locked
