-- Prices that users wait for. Times are the service clock's, but for the trade's.
create table price_alert (
  user_name   text not null,
  alert_id    text not null,
  venue       text not null,
  symbol      text not null,
  px          numeric not null,
  direction   text not null,
  note        text,
  -- the symbol's newest trade when it was set: only later ones count
  after_trade bigint not null,
  created_at  timestamptz not null,
  state       text not null default 'ACTIVE',
  ended_at    timestamptz,
  trade_id    bigint,
  trade_px    numeric,
  trade_at    timestamptz,
  -- whether its notice is on the tape for good
  told        boolean not null default false,
  primary key (user_name, alert_id)
);
create index price_alert_waiting on price_alert (venue) where state = 'ACTIVE' or (state = 'TRIGGERED' and not told);
