select 1 where to_regclass('schema_versions') is not null
