-- Searches that people keep under a name. The agency is the one whose people may see it, '*' the whole centre's.
create table saved_search (
  number integer primary key,
  name text not null,
  query text not null,
  span text not null,
  from_at integer,
  to_at integer,
  owner text not null,
  agency text not null,
  shared integer not null,
  created_at integer not null,
  changed_at integer not null
);
create index saved_search_by_agency on saved_search (agency, shared, owner);

-- What somebody searched for last: one row a query, by its SHA-256; the highest rank the newest.
create table search_history (
  owner text not null,
  agency text not null,
  query_key text not null,
  query text not null,
  span text not null,
  from_at integer,
  to_at integer,
  at integer not null,
  rank integer not null,
  primary key (owner, agency, query_key)
);
