-- An account as it was at a seq, so that a start need not fold its whole journal. A cache: whatever is in doubt about it, the
-- journal is folded, and nothing is lost when the table is emptied.
create table account_snapshot (
  account_id     text        primary key,
  seq            bigint      not null,
  evolve_version int         not null,
  hash           text        not null,
  body           text        not null,
  at             timestamptz not null
);
