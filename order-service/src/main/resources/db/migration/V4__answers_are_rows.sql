-- Most commands are answered with an order's row, and the journal's line holds it already: row_seq says which line.
alter table command alter column answer drop not null;
alter table command add column row_seq bigint;
-- A row changes once or twice and no index with it: room beside it in its page saves two entries in indexes each time.
alter table order_row set (fillfactor = 60);
