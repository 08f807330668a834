-- What the gateway itself must not forget. Times are the service clock's.

-- Who speaks to a venue. The epoch is the fence: every write that leads to a send names it.
create table lease (
  venue  text primary key,
  epoch  bigint not null,
  holder text not null,
  until  timestamptz not null
);

-- How far each account's journal was read, for this venue. Kafka offsets are only a hint.
create table consumed (
  venue      text not null,
  account_id text not null,
  seq        bigint not null,
  primary key (venue, account_id)
);

create table quarantine (
  venue      text not null,
  account_id text not null,
  seq        bigint not null,
  reason     text not null,
  since      timestamptz not null,
  primary key (venue, account_id)
);

-- Every request that was or may have been sent, committed before. Without an outcome it is asked about, never sent again.
create table intent (
  account_id  text not null,
  cl_ord_id   text not null,
  request_no  bigint not null,
  venue       text not null,
  kind        text not null,
  -- SEND, or STALE: it came too late and was never to be sent
  decision    text not null,
  lease_epoch bigint not null,
  at          timestamptz not null,
  outcome     text,
  outcome_at  timestamptz,
  primary key (account_id, cl_ord_id, request_no)
);
create index intent_without_outcome on intent (venue) where outcome is null;
create index intent_age on intent (outcome_at);

-- Requests order-service holds in doubt: asked about until its journal says that the doubt is over.
create table doubt (
  account_id text not null,
  cl_ord_id  text not null,
  request_no bigint not null,
  venue      text not null,
  kind       text not null,
  since      timestamptz not null,
  primary key (account_id, cl_ord_id, request_no)
);

-- Up to which execution the venue's account was told and acknowledged by the tape.
create table reconciled (
  venue        text not null,
  account_id   text not null,
  execution_no bigint not null,
  at           timestamptz not null,
  primary key (venue, account_id)
);
