-- The journal: one gapless stream per account; the primary key is the fence against a stale owner.
-- body is, byte for byte, what is published on orders.events.v1.
create table account_event (
  account_id text        not null,
  seq        bigint      not null,
  at         timestamptz not null,
  cl_ord_id  text,
  batch_id   uuid        not null,
  body       text        not null,
  primary key (account_id, seq)
);
create index account_event_by_order on account_event (account_id, cl_ord_id, seq) where cl_ord_id is not null;

-- Idempotency: what was asked under an id, and the first answer to it.
create table command (
  account_id  text        not null,
  command_id  text        not null,
  fingerprint text        not null,
  answer      text        not null,
  at          timestamptz not null,
  batch_id    uuid        not null,
  primary key (account_id, command_id)
);

-- An execution counts once, for ever.
create table exec_id (
  account_id text   not null,
  exec_id    text   not null,
  seq        bigint not null,
  primary key (account_id, exec_id)
);
create index exec_id_by_seq on exec_id (account_id, seq);

-- The newest row of every order, written with its event.
create table order_row (
  account_id  text    not null,
  cl_ord_id   text    not null,
  symbol      text    not null,
  working     boolean not null,
  created_seq bigint  not null,
  seq         bigint  not null,
  body        text    not null,
  primary key (account_id, cl_ord_id)
);
create index order_row_newest_first on order_row (account_id, created_seq desc);

-- Where commands for the accounts of a partition are to be sent.
create table account_partition (
  partition int         primary key,
  owner_url text        not null,
  epoch     bigint      not null,
  since     timestamptz not null
);

create table account_quarantine (
  account_id text        primary key,
  since      timestamptz not null,
  reason     text        not null
);

-- A hint where to look on orders.events.v1 for the last published seq: before this offset nothing of the account is newer.
create table relay_mark (
  account_id     text   primary key,
  seq            bigint not null,
  partition      int    not null,
  next_offset    bigint not null
);
