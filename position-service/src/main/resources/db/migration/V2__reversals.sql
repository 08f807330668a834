-- place: where the execution counts, first in first out. Its own line, or for a correction the place of what it corrects.
-- reversed_seq: the line that took it back. The row with that seq, if there is one, is what it was corrected to. Null while it stands.
alter table fill add column place bigint;
update fill set place = seq;
alter table fill alter column place set not null;
alter table fill add column reversed_seq bigint check (reversed_seq > seq);

create index fill_standing on fill (account_id, symbol, place) where reversed_seq is null;
