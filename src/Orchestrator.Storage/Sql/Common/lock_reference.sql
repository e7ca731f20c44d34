-- A task that another one refers to; held, so that it cannot end unseen while the reference is being written.
select id, workspace_key, delegation_depth from tasks where id = @id for no key update
