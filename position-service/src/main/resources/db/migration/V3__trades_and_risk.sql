-- The tag of the order, as round trips name it.
alter table fill add column strategy text;

-- [trades, wins, losses, won ticks, lost ticks, day, fills, trades, wins, losses of that day]
alter table position add column tally jsonb not null default '[0,0,0,0,0,null,0,0,0,0]';

-- What the account may do, its working orders, and what its rules have led to; where it stood when the day began, in parts.
alter table account_fold add column trading_state text not null default 'ACTIVE';
alter table account_fold add column rule_state text not null default 'ACTIVE';
alter table account_fold add column orders jsonb not null default '[]';
alter table account_fold add column risk jsonb;
alter table account_fold add column excursions jsonb;
alter table account_fold add column day_start_realized numeric;
alter table account_fold add column day_start_unrealized numeric;
alter table account_fold add column day_start_fees numeric;
update account_fold set day_start_realized = day_start_pnl, day_start_unrealized = 0, day_start_fees = 0
where day_start_pnl is not null;
alter table account_fold drop column day_start_pnl;
alter table account_fold add check ((trading_day is null) = (day_start_realized is null));

-- Round trips, also the outbox of trades.v1. told: Kafka has this row as it is.
create table trade (
  account_id   text not null references account_fold,
  trade_id     text not null,
  seq          bigint not null,
  symbol       text not null,
  strategy     text,
  exit_seq     bigint not null,
  trading_day  date not null,
  exit_at      timestamptz not null,
  pnl          numeric not null,
  voided       boolean not null,
  told         boolean not null default false,
  body         jsonb not null,
  primary key (account_id, trade_id)
);
create index trade_by_exit on trade (account_id, exit_seq, trade_id);
create index trade_untold on trade (account_id, seq) where not told;

-- The risk journal of an account, also the outbox of risk.events.v1.
create table risk_event (
  account_id text not null references account_fold,
  no         bigint not null,
  at         timestamptz not null,
  told       boolean not null default false,
  body       jsonb not null,
  primary key (account_id, no)
);
create index risk_event_untold on risk_event (account_id, no) where not told;

create table equity_point (
  account_id text not null references account_fold,
  at         timestamptz not null,
  venue_time timestamptz not null,
  balance    numeric not null,
  equity     numeric not null,
  primary key (account_id, at)
);
