-- Those for everywhere that are valid, or all that name a workspace: whoever administers one workspace can fill its room alone.
select count(*) as keys
from api_keys k
where (@workspace is null and k.workspaces is null and k.revoked_at is null and (k.expires_at is null or k.expires_at > (select orc_now())))
    or k.workspaces like @workspace
