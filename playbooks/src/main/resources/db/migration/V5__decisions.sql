-- What keeps alerts out of the queue for a while: exceptions, and maintenance that is planned. Never without an end;
-- rows are ended, not removed. The agency is '*' for every one. Conditions are JSON: [{"field","pattern"}].
create table cover (
  id integer primary key,
  kind text not null,
  name text not null,
  agency text not null,
  rule text not null,
  conditions text not null,
  hours text not null,
  from_at integer not null,
  until_at integer not null,
  reason text not null,
  by_whom text not null,
  created_at integer not null,
  ended_at integer,
  ended_by text
);
create index cover_by_end on cover (kind, until_at);

-- What keeps an alert out of the queue, such as EXCEPTION:12.
alter table alert add column hidden_by text;
create index alert_by_hidden on alert (hidden_by) where hidden_by is not null;
create index alert_by_verdict on alert (rule, verdict) where verdict is not null;
