-- Bars of each venue's trades, standard intervals only; by the month in which they start. Months are added as they come.
create table bar (
  venue    text not null,
  symbol   text not null,
  interval text not null,
  start_at timestamptz not null,
  open     numeric not null,
  high     numeric not null,
  low      numeric not null,
  close    numeric not null,
  volume   bigint not null,
  trades   bigint not null,
  first_at timestamptz not null,
  last_at  timestamptz not null,
  is_final boolean not null,
  revision bigint not null,
  -- service time of the last write: what is kept how long goes by it, for a recording may be old
  at       timestamptz not null,
  primary key (venue, symbol, interval, start_at)
) partition by range (start_at);

-- How far the tape is in the bars: written with them, so that a restart takes up exactly there.
create table bar_tape (
  venue   text primary key,
  -- partition of market.trades.v1 -> next offset
  offsets jsonb not null,
  -- final bars of the last write: told again after a crash, for they may not have been told
  outbox  jsonb not null
);

create table bar_progress (
  venue          text not null,
  symbol         text not null,
  last_id        bigint not null,
  pass           bigint not null,
  first_revision bigint not null,
  primary key (venue, symbol)
);
