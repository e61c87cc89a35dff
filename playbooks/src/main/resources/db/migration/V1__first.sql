-- Times are microseconds since 1970-01-01T00:00Z. Ids are texts. JSON where a whole record is kept.

create table deed (
  number integer primary key,
  at integer not null,
  by_whom text not null,
  what text not null,
  on_what text not null,
  detail text not null,
  previous text not null,
  hash text not null
);
create index deed_by_thing on deed (on_what, number);
create trigger deed_is_never_changed before update on deed begin
  select raise(abort, 'a deed is never changed');
end;
create trigger deed_is_never_removed before delete on deed begin
  select raise(abort, 'a deed is never removed');
end;

create table checkpoint (
  name text primary key,
  next integer not null
);

create table alert (
  id text primary key,
  agency text not null,
  severity integer not null,
  rule text not null,
  title text not null,
  lane text not null,
  exercise integer not null,
  first_at integer not null,
  last_at integer not null,
  raised_at integer not null,
  count integer not null,
  body text not null,
  words text not null,
  status text not null,
  assignee text,
  verdict text,
  reason text,
  incident text,
  -- the count at which the incident policy last looked at it
  considered integer not null default 0
);
create index alert_by_time on alert (raised_at desc, id);
create index alert_by_status on alert (status, severity, agency);
create index alert_by_incident on alert (incident, first_at) where incident is not null;
create index alert_growing on alert (lane, last_at);
create index alert_unconsidered on alert (considered, raised_at, id) where considered < count;

create table incident (
  id text primary key,
  title text not null,
  severity integer not null,
  category text not null,
  agency text not null,
  state text not null,
  owner text,
  tlp text not null,
  opened_at integer not null,
  first_event_at integer not null,
  last_event_at integer not null,
  updated_at integer not null,
  exercise integer not null,
  lane text not null,
  grade_reason text not null,
  version integer not null
);
create index incident_by_state on incident (state, agency);

create table incident_entity (
  incident text not null references incident (id),
  field text not null,
  value text not null,
  primary key (incident, field, value)
);
create index incident_entity_by_value on incident_entity (field, value);

create table timeline (
  number integer primary key,
  incident text not null references incident (id),
  at integer not null,
  kind text not null,
  text text not null,
  by_whom text not null,
  events text not null,
  alert text
);
create index timeline_by_incident on timeline (incident, at, number);

create table run (
  id text primary key,
  incident text not null references incident (id),
  playbook text not null,
  playbook_modified text not null,
  playbook_sha256 text not null,
  playbook_json text not null,
  state text not null,
  started_at integer not null,
  started_by text not null,
  ended_at integer
);
create index run_by_incident on run (incident, started_at);
create unique index run_under_way on run (incident, playbook) where state = 'OPEN';

create table step_run (
  run text not null references run (id),
  step text not null,
  state text not null,
  container text not null,
  attempt integer not null,
  opened_at integer,
  done_at integer,
  by_whom text,
  note text,
  choice text,
  primary key (run, step)
);

create table run_variable (
  run text not null references run (id),
  name text not null,
  value text not null,
  primary key (run, name)
);

create table report (
  id text primary key,
  incident text not null references incident (id),
  number integer not null,
  format text not null,
  language text not null,
  at integer not null,
  by_whom text not null,
  sha256 text not null,
  facts_sha256 text not null,
  body blob not null
);
create index report_by_incident on report (incident, number);

create table agency (
  id text primary key,
  name text not null,
  created_at integer not null
);

create table account (
  name text primary key,
  full_name text not null,
  role text not null,
  agency text,
  password_hash text not null,
  totp_secret text,
  created_at integer not null,
  disabled integer not null default 0
);

create table session (
  id_hash text primary key,
  account text not null,
  csrf text not null,
  created_at integer not null,
  last_seen_at integer not null,
  expires_at integer not null
);

create table token (
  hash text primary key,
  kind text not null,
  account text,
  role text,
  agency text,
  label text not null,
  created_at integer not null,
  expires_at integer,
  revoked integer not null default 0
);
