-- Accounts as they were folded at lines of the journal, so that a past moment need not be folded from the first line. A cache:
-- without a row the tape is read from its beginning. next_offset: where on the account's partition the line after it may lie first.
create table checkpoint (
  account_id  text not null references account_fold,
  seq         bigint not null,
  at          timestamptz not null,
  next_offset bigint not null,
  body        jsonb not null,
  primary key (account_id, seq)
);
create index checkpoint_by_time on checkpoint (account_id, at);
