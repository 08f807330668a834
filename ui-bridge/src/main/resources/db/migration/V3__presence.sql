-- When somebody who wants their orders canceled on disconnect was last heard, whichever bridge heard them.
create table presence (
  user_name     text primary key references desk_user (name) on delete cascade,
  heard_at      timestamptz not null,
  -- until then one bridge is canceling; afterwards any other may try
  claimed_until timestamptz
);
