-- Tasks that others refer to; held, so that they cannot end unseen while the references are being written.
select id, workspace_key, null as ended_as, delegation_depth from tasks where id = any (@ids) order by id for no key update
