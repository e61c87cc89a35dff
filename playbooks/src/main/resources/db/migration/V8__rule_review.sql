-- What filters in shadow would have taken away: detections by rule and agency, and the alerts that stand on them.
create table filter_shadow (
  filter text not null,
  version text not null,
  rule text not null,
  agency text not null,
  detections integer not null,
  taken integer not null,
  first_at integer not null,
  last_at integer not null,
  primary key (filter, version, rule, agency)
);
create table filter_shadow_alert (
  filter text not null,
  version text not null,
  alert text not null,
  agency text not null,
  taken integer not null,
  events integer not null,
  last_at integer not null,
  primary key (filter, version, alert)
);

-- The file of a rule folder whose change waits as this draft; empty where people wrote the draft here.
-- Such a draft without a text is a file that went.
alter table rule_draft add column file text not null default '';
create index rule_draft_by_file on rule_draft (file, number) where file <> '';
