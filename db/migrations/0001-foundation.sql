-- What everything else stands on: extensions, the server's own role, the record and the queue's door.
create extension if not exists ltree;
create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- The server works as this role. It owns nothing, so row-level security binds it.
do $$ begin
  if not exists (select from pg_roles where rolname = 'hearten_app') then create role hearten_app nologin; end if;
end $$;
do $$ begin execute format('grant hearten_app to %I', current_user); end $$;
grant usage on schema public to hearten_app;
alter default privileges in schema public grant select, insert, update, delete on tables to hearten_app;
alter default privileges in schema public grant usage on sequences to hearten_app;

-- unaccent is only stable, because its dictionary could change; ours does not.
create function plain_words(words text) returns text language sql immutable parallel safe strict
  as $$ select lower(public.unaccent('public.unaccent'::regdictionary, words)) $$;

-- Who is asking, for row-level security: set for one transaction by the server.
create function acting_person() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('hearten.person', true), '')::uuid $$;

-- What happened. Written in the transaction of the change itself; never altered.
create table happening (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  what text not null,
  actor_id uuid,
  about jsonb not null
);
create index happening_what on happening (what, at);
create index happening_at on happening (at);
create index happening_actor on happening (actor_id, at);
create index happening_about_person on happening ((about ->> 'person'), at) where about ? 'person';
revoke update, delete, truncate on happening from hearten_app;

-- The chain over what happened: each seal's hash covers the row and the seal before it.
create table seal (
  number bigint primary key,
  happening_id bigint not null unique,
  hash bytea not null
);
revoke update, delete, truncate on seal from hearten_app;

-- Mail to be sent and mail that was. The job that sends a row is enqueued with it.
create table mail (
  id uuid primary key default uuidv7(),
  person_id uuid,
  address text not null,
  kind text not null,
  subject text not null,
  body text not null,
  calendar text,
  made_at timestamptz not null default now(),
  sent_at timestamptz,
  problem text
);
create index mail_person on mail (person_id, made_at desc);
create index mail_unsent on mail (made_at) where sent_at is null;

-- A job is added through this door, because the queue's own tables belong to the owner.
create function enqueue(task text, payload json, run_at timestamptz default null, key text default null, most_attempts int default 12)
  returns void language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform graphile_worker.add_job(identifier => task, payload => payload, run_at => run_at, max_attempts => most_attempts, job_key => key);
end $$;
revoke all on function enqueue from public;
grant execute on function enqueue to hearten_app;

-- How the queue stands, for those who look after the server: how much is due, for later, failing or given up, and of which kinds.
create function queue_state(out due bigint, out later bigint, out failing bigint, out given_up bigint, out oldest_due timestamptz, out kinds text[])
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  select count(*) filter (where attempts = 0 and run_at <= now()), count(*) filter (where attempts = 0 and run_at > now()),
    count(*) filter (where attempts > 0 and attempts < max_attempts and last_error is not null), count(*) filter (where attempts >= max_attempts),
    min(run_at) filter (where attempts = 0 and run_at <= now()),
    coalesce(array_agg(distinct task_identifier) filter (where attempts > 0 and last_error is not null), '{}')
  into due, later, failing, given_up, oldest_due, kinds from graphile_worker.jobs;
end $$;
revoke all on function queue_state from public;
grant execute on function queue_state to hearten_app;

-- Figures and marks the server keeps about itself.
create table setting (
  name text primary key,
  value jsonb not null,
  changed_at timestamptz not null default now()
);
