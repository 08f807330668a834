-- What the venue says an execution, and all of a contract that stand, have realised. Beside our own numbers, never in them.
alter table fill add column reported_pnl numeric;
alter table position add column reported_pnl numeric;

-- A row of an account is only ever written in the transaction that moves account_fold on, and that is refused where there is no
-- such account: the keys said nothing more, and cost more than writing the rows.
alter table fill drop constraint fill_account_id_fkey;
alter table trade drop constraint trade_account_id_fkey;
alter table position drop constraint position_account_id_fkey;

-- An execution counts at its own line; only a correction has another place and has to be looked for.
drop index fill_standing;
create index fill_elsewhere on fill (account_id, symbol, place) where place <> seq;
