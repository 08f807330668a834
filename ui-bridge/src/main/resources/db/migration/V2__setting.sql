-- What a user's screens look like. A version is never used again, not even after a setting was removed.
create sequence setting_version;
create table setting (
  user_name  text        not null references desk_user (name) on delete cascade,
  name       text        not null,
  body       text        not null,
  version    bigint      not null default nextval('setting_version'),
  updated_at timestamptz not null default now(),
  primary key (user_name, name)
);
