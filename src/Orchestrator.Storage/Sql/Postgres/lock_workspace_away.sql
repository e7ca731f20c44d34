-- Excludes everybody who is about to make a task ready here; passed over while somebody is.
select w.key from workspaces w where w.key = @key for update skip locked
