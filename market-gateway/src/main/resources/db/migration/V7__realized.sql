-- What the practice broker says an execution has realised, in ticks times lots; null where it only opened.
alter table venue_sim.execution add column realized_ticks bigint;
