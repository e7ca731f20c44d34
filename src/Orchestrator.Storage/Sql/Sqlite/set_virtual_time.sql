update fair_share_clock set virtual_time = @virtual_time
