-- told says again whether Kafka has a round trip, but only of those that a version before trade_telling made: this one notes in trade_telling
-- what is to be told, and writes true at once. So what is false was made by an older version beside this one, and it may be gone before it
-- could tell.
update trade set told = true where not told;
create index trade_untold on trade (account_id) where not told;
