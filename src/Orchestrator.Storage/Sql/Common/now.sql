select orc_now() as now
