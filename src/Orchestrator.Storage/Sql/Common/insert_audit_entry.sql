insert into audit_log (at, actor, source_address, operation, target_kind, target_id, workspace, status, problem_type, trace_id)
values (orc_now(), @actor, @source_address, @operation, @target_kind, @target_id, @workspace, @status, @problem_type, @trace_id)
