-- What has been folded of each account's journal. seq is the fence: whoever writes the next batch must find the one before.
create table account_fold (
  account_id        text primary key,
  seq               bigint not null default 0 check (seq >= 0),
  trading_day       date,
  day_start_pnl     numeric,
  quarantine_seq    bigint,
  quarantine_reason text,
  quarantine_detail text,
  quarantine_at     timestamptz,
  updated_at        timestamptz not null default now(),
  check ((trading_day is null) = (day_start_pnl is null)),
  check ((quarantine_seq is null) = (quarantine_reason is null))
);

-- Contracts an order has named have a row before their first fill: their numbers price it.
-- lots: oldest first, [seq of the fill that opened it, signed lots, price in ticks]
create table position (
  account_id     text not null references account_fold,
  symbol         text not null,
  tick_size      numeric not null check (tick_size > 0),
  tick_value     numeric not null,
  currency       text not null,
  net_qty        bigint not null,
  cash_ticks     bigint not null,
  realized_ticks bigint not null,
  fees           numeric not null,
  fills          bigint not null,
  lots           jsonb not null,
  primary key (account_id, symbol)
);

create table fill (
  account_id text not null references account_fold,
  seq        bigint not null,
  exec_id    text not null,
  cl_ord_id  text not null,
  symbol     text not null,
  side       text not null check (side in ('BUY', 'SELL')),
  last_qty   bigint not null check (last_qty > 0),
  px_ticks   bigint not null,
  fee        numeric,
  at         timestamptz not null,
  venue_time timestamptz not null,
  primary key (account_id, seq),
  unique (account_id, exec_id)
);
