select count(*) as keys from api_keys
