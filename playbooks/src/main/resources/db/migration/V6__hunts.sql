-- Hunts through history. Seers are those of one scope: agency ids with commas between, '*' the whole centre.
create table hunt (
  id text primary key,
  title text not null,
  kind text not null,
  text text not null,
  by_whom text not null,
  seers text not null,
  agency text not null,
  from_at integer,
  to_at integer,
  asked_at integer not null,
  ended_at integer,
  state text not null,
  result text not null
);
create index hunt_by_seers on hunt (seers, asked_at);
