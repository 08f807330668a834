-- An order may bring its bracket to a venue that keeps brackets.
alter table venue_sim.practice_order
  add column bracket jsonb,
  -- service time of the last change: what is kept how long goes by it, for the venue's time may be a recorded one
  add column at      timestamptz not null default now();
create index practice_order_done on venue_sim.practice_order (venue, at)
  where status not in ('NEW', 'PARTIALLY_FILLED');

-- What an account holds by executions that are forgotten.
create table venue_sim.held (
  venue      text not null,
  account_id text not null,
  symbol     text not null,
  net        bigint not null,
  primary key (venue, account_id, symbol)
);
