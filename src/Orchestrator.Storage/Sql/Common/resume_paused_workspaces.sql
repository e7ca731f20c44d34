update workspaces
set paused = @paused, paused_until = null, updated_at = orc_now()
where key in (
    select key from workspaces where paused_until <= (select orc_now()) order by key for no key update skip locked
)
returning key
