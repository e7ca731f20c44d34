select count(*) as definitions from run_definitions
