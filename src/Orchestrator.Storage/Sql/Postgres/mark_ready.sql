-- The pass of a workspace that becomes dispatchable follows FairShare.Join.
update workspaces w
set ready_actions = w.ready_actions || array(select a.action from unnest(@actions) as a(action) where a.action <> all (w.ready_actions)),
    pass = case
        when w.ready_actions <> '{}' then w.pass
        else greatest(w.pass, (select c.last_value from fair_share_clock c))
    end,
    uses_skills = w.uses_skills or @with_skills
where w.key = @key and not w.ready_actions @> @actions
