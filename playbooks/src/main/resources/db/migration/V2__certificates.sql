-- Client certificates of agencies. The key is the SHA-256 of the SubjectPublicKeyInfo: who holds it is the agency.
create table certificate (
  serial text primary key,
  key text not null,
  agency text not null,
  from_at integer not null,
  until_at integer not null,
  issued_at integer not null,
  issued_by text not null,
  revoked_at integer
);
create index certificate_by_key on certificate (key);
create index certificate_by_agency on certificate (agency, issued_at);

-- Networks from which a token is taken, separated by blanks; null for any.
alter table token add column networks text;
create index token_by_kind on token (kind, revoked);
