-- Those to which a success means something.
select workspace_key, provider from circuits where workspace_key = any (@keys) and (state <> 'closed' or failures <> '[]')
