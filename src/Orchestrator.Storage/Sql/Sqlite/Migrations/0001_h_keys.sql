-- Who may come in. Of every secret there is only the SHA-256.
create table api_keys (
    id text primary key,
    -- The audit log names callers by it, so it is nobody else's afterwards.
    name text not null unique,
    hash blob not null,
    verbs text not null,
    -- A list of workspaces' ids; null for everywhere.
    workspaces text,
    created_by text not null,
    created_at integer not null,
    expires_at integer,
    revoked_at integer,
    last_used_at integer,
    check (length(hash) = 32)
);

-- What a browser holds instead of the key that it was opened with.
create table key_sessions (
    id text primary key,
    key_id text not null references api_keys (id) on delete cascade,
    hash blob not null,
    expires_at integer not null,
    check (length(hash) = 32)
);

create index key_sessions_by_key on key_sessions (key_id);
create index key_sessions_by_end on key_sessions (expires_at);

-- Tokens that create the first key: each gateway that finds none makes one. All of them go with the first key.
create table key_bootstraps (
    id text primary key,
    hash blob not null,
    expires_at integer not null,
    check (length(hash) = 32)
);
