-- The practice exchanges' own memory: written before anything of it is reported. Keyed by venue: sim, replay.

-- One life of a practice exchange. A replay goes on with its run as long as the recordings are the same.
create table venue_sim.run (
  venue       text not null,
  run         bigint not null,
  fingerprint text not null,
  position    bigint not null,
  trade_base  bigint not null,
  trade_high  bigint not null,
  at          timestamptz not null,
  primary key (venue, run)
);

create table venue_sim.practice_order (
  venue          text not null,
  account_id     text not null,
  cl_ord_id      text not null,
  run            bigint not null,
  order_no       bigint not null,
  venue_order_id text not null,
  symbol         text not null,
  side           text not null,
  ord_type       text not null,
  time_in_force  text not null,
  order_qty      bigint not null,
  price_ticks    bigint,
  stop_ticks     bigint,
  status         text not null,
  cum_qty        bigint not null,
  code           text,
  text           text,
  venue_time     timestamptz not null,
  primary key (venue, account_id, cl_ord_id)
);
create index practice_order_open on venue_sim.practice_order (venue, order_no)
  where status in ('NEW', 'PARTIALLY_FILLED');

create table venue_sim.execution (
  venue          text not null,
  execution_no   bigint not null,
  account_id     text not null,
  cl_ord_id      text not null,
  venue_order_id text not null,
  exec_id        text not null,
  symbol         text not null,
  side           text not null,
  last_qty       bigint not null,
  last_px_ticks  bigint not null,
  cum_qty        bigint not null,
  leaves_qty     bigint not null,
  venue_time     timestamptz not null,
  primary key (venue, exec_id)
);
create unique index execution_in_order on venue_sim.execution (venue, execution_no);
create index execution_of_account on venue_sim.execution (venue, account_id, execution_no);

-- What the desk asked of a replay, and at which record of the tape: the same again gives the same fills.
create table venue_sim.tape_input (
  venue      text not null,
  run        bigint not null,
  input_no   bigint not null,
  position   bigint not null,
  -- venue time, nanoseconds since 1970
  at_nanos   bigint not null,
  kind       text not null,
  account_id text not null,
  cl_ord_id  text not null,
  primary key (venue, run, input_no)
);

-- Where a synthetic market goes on after a restart.
create table venue_sim.last_price (
  venue    text not null,
  symbol   text not null,
  px_ticks bigint not null,
  primary key (venue, symbol)
);
