select provider, count(*) as workspaces from circuits where state <> 'closed' group by provider
