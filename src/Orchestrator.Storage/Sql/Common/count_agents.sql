select count(distinct name) as agents from agents
