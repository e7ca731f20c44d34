-- What a workspace sets of its fuses; null, or no row, for the defaults of FuseDefaults.
create table workspace_fuses (
    workspace_key integer primary key,
    loop_executions integer check (loop_executions > 0),
    loop_window_seconds integer check (loop_window_seconds > 0),
    loop_pause_seconds integer check (loop_pause_seconds > 0),
    loop_count_all integer,
    pending_delegated integer check (pending_delegated > 0),
    pending_total integer check (pending_total > 0),
    circuit_failures integer check (circuit_failures > 0),
    circuit_window_seconds integer check (circuit_window_seconds > 0),
    circuit_open_seconds integer check (circuit_open_seconds > 0),
    set_at integer not null
);

-- A fuse that tripped once: whether it is tripped, since when and why. What came before a reset does not count.
create table fuse_states (
    workspace_key integer not null,
    fuse text not null,
    tripped_at integer,
    until_at integer,
    reason text,
    trips integer not null default 0,
    reset_at integer,
    primary key (workspace_key, fuse),
    check (tripped_at is not null or until_at is null)
);

create table workspace_events (
    workspace_key integer not null,
    seq integer not null,
    type text not null,
    at integer not null,
    data text,
    primary key (workspace_key, seq)
);

create index workspace_events_by_age on workspace_events (at);

-- The attempts that a fuse counts, from their start on; written and settled by whoever holds the workspace.
create table guarded_attempts (
    token text primary key,
    workspace_key integer not null,
    task_id text not null,
    attempt integer not null,
    at integer not null,
    delegated integer not null,
    -- What of the budget is reserved for it, and what its task had cost before; null without a budget.
    reserved_nanos integer,
    cost_before integer not null,
    -- Given back before it began, or refused by its provider: it is no execution.
    returned integer not null default 0,
    -- Given back after its worker had begun: nobody knows what it has cost.
    cut_off integer not null default 0,
    -- Whether its reservation is still to be settled.
    is_open integer not null,
    check (not is_open or reserved_nanos is not null)
);

create index guarded_attempts_by_time on guarded_attempts (workspace_key, at);
create index guarded_attempts_by_age on guarded_attempts (at);
create index guarded_attempts_open on guarded_attempts (workspace_key, task_id) where is_open;

-- The sums of the ledger since it was last folded, in billionths; whoever changes them holds the workspace.
create table budgets (
    workspace_key integer primary key,
    limit_nanos integer not null check (limit_nanos > 0),
    reserved_nanos integer not null default 0 check (reserved_nanos >= 0),
    spent_nanos integer not null default 0 check (spent_nanos >= 0),
    -- The last entry of the ledger, and the last one when the limit was set.
    entries integer not null default 0,
    limit_set_at integer not null default 0,
    -- The last entry that was folded, and the sums up to it.
    folded integer not null default 0,
    folded_reserved integer not null default 0,
    folded_spent integer not null default 0,
    warned integer not null default 0
);

create table budget_ledger (
    workspace_key integer not null,
    entry integer not null,
    kind text not null,
    at integer not null,
    task_id text,
    token text,
    reserved_change integer not null,
    spent_change integer not null,
    primary key (workspace_key, entry),
    check (kind in ('reserve', 'settle', 'release', 'reset'))
);

create index budget_ledger_by_age on budget_ledger (at);

-- To count live tasks: those that neither are ready nor run, and the delegated ones.
create index tasks_set_aside on tasks (workspace_key) where status in ('scheduled', 'blocked', 'waiting');
create index tasks_delegated on tasks (workspace_key) where delegation_depth > 0;
