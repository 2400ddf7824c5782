-- Anyone Hearten knows. A member is a person with a membership number whose standing is 'member'.
create table person (
  id uuid primary key default uuidv7(),
  membership_number text unique,
  name text not null,
  email text,
  email_verified boolean not null default false,
  image text,
  postcode text,
  area_code text references area,
  joined_on date,
  standing text not null default 'member' check (standing in ('member', 'contact', 'closed')),
  closed_on date,
  erased_on date,            -- what named them is gone; the membership number is kept as a hash, so that a roll does not bring them back
  roll_marks int[],          -- hashes of the name, email and home the roll last gave: what a person corrected stands until the roll changes
  two_factor_enabled boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index person_email on person (lower(email)) where email is not null;
create index person_area on person (area_code);
create index person_closed on person (id) where standing = 'closed';
create index person_name on person using gin (plain_words(name) gin_trgm_ops);

-- What is kept of the membership number of someone who was erased.
create function erased_number(membership_number text) returns text language sql immutable parallel safe strict
  as $$ select 'erased:' || encode(sha256(convert_to(membership_number, 'UTF8')), 'hex') $$;

-- Signed-in browsers. The token is kept only as a hash.
create table sign_in_session (
  id uuid primary key default uuidv7(),
  token text not null unique,
  person_id uuid not null references person on delete cascade,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  ip_address text,
  user_agent text,
  second_factor_at timestamptz  -- when this browser also proved a second factor
);
create index sign_in_session_person on sign_in_session (person_id);

-- Where the organising academies are. Staff are people who hold a right at one.
create table academy (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text not null,
  area_code text not null references area,
  summary text not null default '',
  email text,
  phone text,
  opened_on date not null,
  closed_on date,
  calendar_key text not null unique
);
create index academy_area_code on academy (area_code);

create table academy_area (
  academy_id uuid not null references academy on delete cascade,
  area_code text not null references area,
  primary key (academy_id, area_code)
);
create index academy_area_area on academy_area (area_code);

-- A role held everywhere, at an area and all below it, or at one academy.
create table held_right (
  id uuid primary key default uuidv7(),
  person_id uuid not null references person on delete cascade,
  role text not null check (role in ('trainer', 'coordinator', 'organiser', 'partner', 'administrator', 'data protection officer')),
  area_code text references area,
  academy_id uuid references academy,
  starts_on date not null,
  ends_on date,
  granted_by uuid references person,
  granted_at timestamptz not null default now(),
  check (num_nonnulls(area_code, academy_id) <= 1),
  check (ends_on is null or ends_on >= starts_on)
);
create index held_right_person on held_right (person_id);
create index held_right_academy on held_right (academy_id);
create index held_right_area on held_right (area_code);

-- One reading of the membership roll: all of it is read and checked first, then applied. Where it was interrupted it goes on.
create table roll_import (
  id uuid primary key default uuidv7(),
  file_name text not null,
  digest text not null,
  state text not null default 'reading' check (state in ('reading', 'applying', 'finished', 'stopped')),
  problem text,              -- why it was stopped
  note text,                 -- what whoever ran it should know, though it finished
  started_at timestamptz not null default now(),
  progress_at timestamptz not null default now(),
  finished_at timestamptz,
  bytes bigint not null,
  bytes_done bigint not null default 0,
  lines_done bigint not null default 0,    -- the last line read
  lines_applied bigint not null default 0, -- the last line applied
  rows int not null default 0,
  added int not null default 0,
  changed int not null default 0,
  unchanged int not null default 0,
  refused int not null default 0,
  closed int not null default 0,
  reopened int not null default 0
);
create unique index roll_import_one_at_a_time on roll_import ((true)) where finished_at is null;
create index roll_import_started on roll_import (started_at desc);

-- The rows of a roll that is being read; gone when it has been applied.
create table roll_row (
  import_id uuid not null references roll_import on delete cascade,
  line bigint not null,
  membership_number text not null,
  name text,
  email text,
  postcode text,
  area_code text,
  joined_on date,
  standing text,
  marks int[],
  refused text,              -- why it is not applied; whoever it names is on the roll all the same
  primary key (import_id, line)
);
create index roll_row_number on roll_row (membership_number);
create index roll_row_email on roll_row (email) where email is not null;

-- The lines of a roll that were refused, and why: nothing of what they said.
create table roll_refusal (
  import_id uuid not null references roll_import on delete cascade,
  line bigint not null,
  reason text not null,
  primary key (import_id, line)
);

-- Keys for programs that act for a person, within named scopes. The key is kept only as a hash.
create table api_token (
  id uuid primary key default uuidv7(),
  person_id uuid not null references person on delete cascade,
  name text not null,
  hash text not null unique,
  scopes text[] not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_token_person on api_token (person_id);

-- The secret addresses of calendar feeds. A renewed key ends the old address.
create table calendar_key (
  person_id uuid not null references person on delete cascade,
  kind text not null check (kind in ('member', 'trainer')),
  key text not null unique,
  renewed_at timestamptz not null default now(),
  primary key (person_id, kind)
);

-- What is held about a person, why, on what basis and for how long; shown to them.
create table data_kind (
  table_name text primary key,
  label text not null,
  purpose text not null,
  basis text not null,
  special text,              -- the condition of Article 9, where it applies
  kept_for text not null
);
