-- No window that ends with a start had more executions than the anti-loop counter allows, since it was last set or reset.
select g.workspace_key, g.token, count(*) as executions
from guarded_attempts g
left join workspace_fuses f on f.workspace_key = g.workspace_key
left join fuse_states s on s.workspace_key = g.workspace_key and s.fuse = 'antiLoop'
join guarded_attempts o on o.workspace_key = g.workspace_key and o.at <= g.at
    and o.at > g.at - interval '1 second' * coalesce(f.loop_window_seconds, 300)
where g.at > coalesce(s.reset_at, '-infinity') and g.at >= coalesce(f.set_at, '-infinity')
    and o.at > coalesce(s.reset_at, '-infinity')
    and not g.returned and (g.delegated or f.loop_count_all)
    and not o.returned and (o.delegated or f.loop_count_all)
group by g.workspace_key, g.token, f.loop_executions
having count(*) > coalesce(f.loop_executions, 20)
