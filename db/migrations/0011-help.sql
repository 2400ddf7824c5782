-- Help to take part: bursaries, childcare, travel, interpreters, quiet rooms; and courses that members wish for.

-- An academy's money for help, for learners alone. awarded never passes amount, whatever happens at once.
create table help_pot (
  id uuid primary key default uuidv7(),
  academy_id uuid not null references academy,
  name text not null,
  starts_on date not null,
  ends_on date not null,
  amount_pence bigint not null check (amount_pence >= 0),
  awarded_pence bigint not null default 0,
  made_by uuid references person,
  made_at timestamptz not null default now(),
  check (ends_on >= starts_on),
  check (awarded_pence between 0 and amount_pence)
);
create index help_pot_academy on help_pot (academy_id, starts_on);

-- The published rules of an academy: what it helps with, up to how much, and up to how much without two people deciding.
create table help_rule (
  academy_id uuid not null references academy,
  kind text not null check (kind in ('bursary', 'childcare', 'travel', 'interpreter', 'quiet room')),
  offered boolean not null default true,
  most_pence bigint not null check (most_pence >= 0),
  by_rule_pence bigint not null check (by_rule_pence >= 0), -- asked for no more than this and confirmed: awarded at once
  says text not null default '',
  changed_by uuid references person,
  changed_at timestamptz not null default now(),
  primary key (academy_id, kind),
  check (by_rule_pence <= most_pence)
);

-- One thing one member asks for, so that they can take part: with an application, or with a place they hold.
create table help_request (
  id uuid primary key default uuidv7(),
  person_id uuid not null references person,
  application_id uuid references application,
  place_id uuid references place,
  run_id uuid references run,        -- the run it is awarded for, once they have a place
  academy_id uuid not null references academy,
  pot_id uuid references help_pot,
  kind text not null check (kind in ('bursary', 'childcare', 'travel', 'interpreter', 'quiet room')),
  says text not null default '',     -- what they need, in their own words
  asked_pence bigint not null default 0 check (asked_pence >= 0),
  awarded_pence bigint not null default 0 check (awarded_pence >= 0),
  state text not null default 'asked' check (state in ('asked', 'agreed once', 'awarded', 'refused', 'withdrawn', 'paid', 'receipted')),
  asked_at timestamptz not null,
  first_by uuid references person,
  first_at timestamptz,
  decided_by uuid references person, -- none where the published rule decided
  decided_at timestamptz,
  decided_why text not null default '',
  paid_by uuid references person,
  paid_at timestamptz,
  paid_reference text,
  receipt_note text,
  receipted_at timestamptz,
  check (num_nonnulls(application_id, place_id) >= 1),
  check (first_by is null or decided_by is null or first_by <> decided_by),
  check (first_by is distinct from person_id and decided_by is distinct from person_id and paid_by is distinct from person_id)
);
create index help_request_person on help_request (person_id, asked_at desc);
create index help_request_application on help_request (application_id) where application_id is not null;
create index help_request_place on help_request (place_id) where place_id is not null;
create index help_request_open on help_request (academy_id, asked_at) where state in ('asked', 'agreed once', 'awarded', 'paid');
create unique index help_request_once on help_request (application_id, kind) where application_id is not null and state not in ('withdrawn', 'refused');
-- Seen by the member and by those who arrange at the academy, as access needs are; trainers never see it.
alter table help_request enable row level security;
create policy own_help on help_request for all using (person_id = acting_person()) with check (person_id = acting_person());
create policy arranged_help on help_request for select using (academy_id in (select arranged_academies()));
create policy arranging_help on help_request for update using (academy_id in (select arranged_academies()));

-- “Tell me when this runs near me.”
create table wish (
  id uuid primary key default uuidv7(),
  person_id uuid not null references person,
  course_id uuid not null references course,
  area_code text references area,
  asked_at timestamptz not null,
  told_at timestamptz,       -- when last told of a run
  ended_at timestamptz
);
create unique index wish_once on wish (person_id, course_id) where ended_at is null;
create index wish_course on wish (course_id) where ended_at is null;
create index wish_area on wish (area_code) where ended_at is null;
create index wish_person on wish (person_id);
