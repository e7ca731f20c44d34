delete from key_bootstraps returning id
