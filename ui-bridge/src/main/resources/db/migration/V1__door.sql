-- Who may come in. Nothing secret is kept: of codes, sessions and tokens only the SHA-256.
create table desk_user (
  name       text primary key,
  scope      text        not null check (scope in ('read', 'trade', 'admin')),
  created_at timestamptz not null default now()
);

create table account_grant (
  user_name  text        not null references desk_user (name) on delete cascade,
  account_id text        not null,
  granted_at timestamptz not null default now(),
  primary key (user_name, account_id)
);

create table sign_in_link (
  code_hash  bytea primary key,
  user_name  text        not null references desk_user (name) on delete cascade,
  created_at timestamptz not null,
  used_at    timestamptz
);

create table desk_session (
  token_hash bytea primary key,
  user_name  text        not null references desk_user (name) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index desk_session_expiry on desk_session (expires_at);

create table api_token (
  id         bigint generated always as identity primary key,
  token_hash bytea       not null unique,
  user_name  text        not null references desk_user (name) on delete cascade,
  name       text,
  scope      text        not null check (scope in ('read', 'trade', 'admin')),
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index api_token_user on api_token (user_name);

create table audit (
  id         bigint generated always as identity primary key,
  at         timestamptz not null,
  who        text        not null,
  method     text        not null,
  path       text        not null,
  status     int         not null,
  request_id text        not null
);
create index audit_at on audit (at);
