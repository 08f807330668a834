-- Bodies are fetched, never searched by value. What analyze samples and sorts of them is a tenth of
-- the database's processor time under load, and no plan depends on it.
alter table account_event alter column body set statistics 0;
alter table order_row alter column body set statistics 0;
alter table command alter column answer set statistics 0;
alter table account_snapshot alter column body set statistics 0;
