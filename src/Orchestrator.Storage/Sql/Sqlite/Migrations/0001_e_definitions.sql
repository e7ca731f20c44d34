-- Published definitions of runs. A row never changes and is never deleted, so whoever knows a key may keep what stands under it.
create table run_definitions (
    key integer primary key,
    owner text not null,
    name text not null,
    version text not null,
    description text,
    -- As JSON in UTF-8, whatever the format of the source.
    document blob not null,
    -- As it was sent.
    source text not null,
    format text not null check (format in ('json', 'yaml')),
    published_at integer not null,
    unique (owner, name, version)
);

create index run_definitions_in_order on run_definitions (owner, name, key);
