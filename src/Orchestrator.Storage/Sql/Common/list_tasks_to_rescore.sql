-- Looks at a bounded number of tasks, ended ones too, so that a long history costs many short steps and no long one.
select s.id, t.id is not null as pending
from (
    select id
    from task_specs
    where workspace_key = @workspace_key and id > @after and created_at <= @until
    order by id
    limit @limit
) s
left join tasks t on t.id = s.id and t.status <> @processing
order by s.id
