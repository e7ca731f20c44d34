select paused, paused_by, count(*) as workspaces from workspaces group by paused, paused_by
