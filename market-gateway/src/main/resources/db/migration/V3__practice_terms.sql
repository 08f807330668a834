-- What orders of a practice exchange may have since they can be changed, trail, end at a time and belong together.
alter table venue_sim.practice_order
  add column trail     bigint,
  add column expire_at timestamptz,
  add column oco_group text,
  add column triggered boolean not null default false;

-- A request on a tape keeps its own terms: those of the order may be others by now.
alter table venue_sim.tape_input
  add column request_no bigint not null default 0,
  add column terms      jsonb;

-- Executions are never deleted: one that was busted or corrected is void, and what voided it is one itself.
alter table venue_sim.execution
  add column kind        text not null default 'FILL',
  add column of_exec_id  text,
  add column text        text,
  add column voided      boolean not null default false;
