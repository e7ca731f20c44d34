-- What settled attempts have consumed: a row for each workspace of a batch, until it is folded. Settlements without usage have none.
-- Days are counted from 1970-01-01 in UTC; cost is in billionths. No figure is more than UsageSum.Most.
create table workspace_usage_entries (
    id integer primary key,
    workspace_key integer not null,
    day integer not null,
    input_tokens integer not null,
    output_tokens integer not null,
    cached_tokens integer not null,
    reasoning_tokens integer not null,
    cost_nanos integer not null
);

create index workspace_usage_entries_by_workspace on workspace_usage_entries (workspace_key);

-- The entries that were folded.
create table workspace_usage (
    workspace_key integer not null,
    day integer not null,
    input_tokens integer not null,
    output_tokens integer not null,
    cached_tokens integer not null,
    reasoning_tokens integer not null,
    cost_nanos integer not null,
    primary key (workspace_key, day)
);
