-- Where a venue's own view of a position was not what its executions come to. Nothing is ever changed by it: it is an alarm.
-- seq: the line that has the venue's view. ended_seq: the later one at which both agreed again.
create table position_drift (
  account_id    text not null references account_fold,
  symbol        text not null,
  seq           bigint not null,
  venue         text not null,
  session       bigint not null,
  at            timestamptz not null,
  venue_net_qty bigint not null,
  net_qty       bigint not null,
  explained_by  jsonb not null,
  ended_seq     bigint,
  primary key (account_id, symbol, seq)
);
