-- Signing in. What is secret is kept as a hash, or encrypted with the server's own secret.

-- Links and challenges that are still open. The identifier is the hash of what was sent.
create table verification (
  id text primary key default uuidv7()::text,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verification_identifier on verification (identifier);
create index verification_expires on verification (expires_at);

-- Passkeys: the public half, as a person's devices gave it.
create table passkey (
  id uuid primary key default uuidv7(),
  person_id uuid not null references person on delete cascade,
  name text,
  credential_id text not null unique,
  public_key text not null,
  counter bigint not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
create index passkey_person on passkey (person_id);

-- The app that shows codes: its key and the recovery codes, both encrypted. A code is good once: the last step used is kept.
create table second_factor (
  id uuid primary key default uuidv7(),
  person_id uuid not null unique references person on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default false,
  failed_verification_count int not null default 0,
  locked_until timestamptz,
  last_step bigint not null default 0,
  created_at timestamptz not null default now()
);

-- An address that someone wants to be reached at, until they confirm from there. One at a time.
create table email_change (
  person_id uuid primary key references person on delete cascade,
  address text not null,
  token text not null unique, -- the hash
  asked_at timestamptz not null,
  expires_at timestamptz not null
);
create index email_change_expires on email_change (expires_at);

-- How often something that guards a secret was tried of late, counted across all processes. The key is a hash.
create table sign_in_try (
  key text primary key,
  began_at timestamptz not null,
  tries int not null
);
create index sign_in_try_began on sign_in_try (began_at);

-- A session begun by tapping a made-up person ends with the demonstration.
alter table sign_in_session add column demonstration boolean not null default false;
create index sign_in_session_expires on sign_in_session (expires_at);

-- A key made by someone who had shown a second factor may use their rights; any other acts as a member only.
alter table api_token add column second_factor boolean not null default false;
