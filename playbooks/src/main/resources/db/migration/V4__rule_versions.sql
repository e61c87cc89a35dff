-- Rules as they were in force: one row for each rule and what it meant, with the text of its whole file.
create table rule_version (
  number integer primary key,
  rule text not null,
  version text not null,
  kind text not null,
  title text not null,
  level text not null,
  author text not null,
  file text not null,
  text text not null,
  first_at integer not null,
  last_at integer,
  by_whom text not null,
  unique (rule, version)
);
create index rule_version_in_force on rule_version (rule) where last_at is null;

-- Rules on their way: draft, shadow, published or dropped. Authors are those who wrote the text, a line each.
create table rule_draft (
  number integer primary key,
  state text not null,
  title text not null,
  text text not null,
  authors text not null,
  note text not null,
  created_at integer not null,
  changed_at integer not null,
  shadow_at integer,
  decided_at integer,
  decided_by text
);
create index rule_draft_by_state on rule_draft (state, number);

-- What rules in shadow would have said.
create table rule_shadow (
  rule text not null,
  version text not null,
  agency text not null,
  matches integer not null,
  crossings integer not null,
  first_at integer not null,
  last_at integer not null,
  primary key (rule, version, agency)
);
