-- Agents by version: the highest is in force, those before it stay for the tasks that began with them.
create table agents (
    name text not null,
    version integer not null check (version > 0),
    -- Everything that was defined, secrets among it.
    definition text not null,
    -- Of the agent, the same in all its versions.
    created_at integer not null,
    updated_at integer not null,
    primary key (name, version)
);
