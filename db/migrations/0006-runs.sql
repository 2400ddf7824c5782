-- A course given once. taken counts places offered and confirmed: the check makes overbooking impossible.
create table run (
  id uuid primary key default uuidv7(),
  course_id uuid not null references course,
  course_version_id uuid not null references course_version,
  academy_id uuid not null references academy,
  venue_id uuid references venue,
  room_id uuid references room,
  online_link text,
  area_code text references area,   -- where it is given; none for a run online
  capacity int not null check (capacity > 0),
  taken int not null default 0,
  waiting int not null default 0,
  how text not null default 'first come' check (how in ('first come', 'round')),
  state text not null default 'draft' check (state in ('draft', 'published', 'cancelled')),
  starts_on date not null,
  ends_on date not null,
  offer_days int not null default 3 check (offer_days between 1 and 28),
  sequence int not null default 0,  -- of its calendar entries; grows with every change
  made_by uuid references person,
  made_at timestamptz not null default now(),
  published_at timestamptz,
  cancelled_at timestamptz,
  cancelled_why text,
  check (taken between 0 and capacity),
  check (waiting >= 0),
  check (ends_on >= starts_on),
  check ((venue_id is null) <> (online_link is null))
);
create index run_course on run (course_id, starts_on);
create index run_academy on run (academy_id, starts_on);
create index run_ahead on run (starts_on, id) where state = 'published';
create index run_area on run (area_code, starts_on);
create index run_version on run (course_version_id);
create index run_venue on run (venue_id);

create table run_session (
  id uuid primary key default uuidv7(),
  run_id uuid not null references run on delete cascade,
  number int not null,
  title text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  register_done_at timestamptz,
  register_done_by uuid references person,
  unique (run_id, number),
  check (ends_at > starts_at)
);
create index run_session_when on run_session (starts_at);

create table run_trainer (
  run_id uuid not null references run on delete cascade,
  person_id uuid not null references person,
  primary key (run_id, person_id)
);
create index run_trainer_person on run_trainer (person_id);

create table place (
  id uuid primary key default uuidv7(),
  run_id uuid not null references run,
  course_id uuid not null references course,
  person_id uuid not null references person,
  state text not null check (state in ('offered', 'confirmed', 'waiting', 'withdrawn', 'declined', 'lapsed', 'cancelled')),
  extra boolean not null default false, -- a second place in a course that allows several
  turned_up boolean not null default false, -- added on the day by the trainer
  turn bigint generated always as identity, -- the order on the waiting list
  asked_at timestamptz not null default now(),
  offered_at timestamptz,
  offer_until timestamptz,
  confirmed_at timestamptz,
  ended_at timestamptz
);
create unique index place_once_a_run on place (run_id, person_id) where state in ('offered', 'confirmed', 'waiting');
create unique index place_once_a_course on place (course_id, person_id) where state in ('offered', 'confirmed') and not extra;
create index place_person on place (person_id, asked_at desc);
create index place_waiting on place (run_id, turn) where state = 'waiting';
create index place_run on place (run_id, state);
create index place_offer_until on place (offer_until) where state = 'offered';

-- What would help someone to take part. Seen by them and by those who arrange it, and by no one else.
create table access_need (
  place_id uuid primary key references place on delete cascade,
  person_id uuid not null references person,
  academy_id uuid not null references academy,
  needs text not null,
  arranged_at timestamptz,
  arranged_by uuid references person,
  arranged_note text not null default ''
);
create index access_need_academy on access_need (academy_id) where arranged_at is null;
create index access_need_person on access_need (person_id);

-- Who arranges at an academy: a coordinator there, above it, or everywhere. Runs as the owner so that it can see rights.
create function arranges_at(academy uuid) returns boolean language sql stable security definer set search_path = public as $$
  select exists (
    select from held_right h
    where h.person_id = acting_person() and h.role = 'coordinator'
      and h.starts_on <= current_date and (h.ends_on is null or h.ends_on >= current_date)
      and (h.academy_id = academy or (h.academy_id is null and h.area_code is null)
        or exists (select from academy a join area own on own.code = a.area_code join area held on held.code = h.area_code
                   where a.id = academy and own.path <@ held.path)))
$$;
alter table access_need enable row level security;
create policy own_needs on access_need for all using (person_id = acting_person()) with check (person_id = acting_person());
create policy arranged_needs on access_need for select using (arranges_at(academy_id));
create policy arranging_needs on access_need for update using (arranges_at(academy_id));

-- The register: who was present at each session, and every later correction.
create table attendance (
  session_id uuid not null references run_session on delete cascade,
  person_id uuid not null references person,
  mark text not null check (mark in ('present', 'late', 'absent', 'apologies')),
  noted_by uuid not null references person,
  noted_at timestamptz not null default now(),
  primary key (session_id, person_id)
);
create index attendance_person on attendance (person_id);

create table attendance_change (
  id bigint generated always as identity primary key,
  session_id uuid not null references run_session on delete cascade,
  person_id uuid not null references person,
  was text,
  now text not null,
  why text not null default '',
  changed_by uuid not null references person,
  changed_at timestamptz not null default now()
);
create index attendance_change_session on attendance_change (session_id);
create index attendance_change_person on attendance_change (person_id);
revoke update, delete, truncate on attendance_change from hearten_app;

-- A member's written commitment to their community.
create table pledge (
  id uuid primary key default uuidv7(),
  person_id uuid not null references person,
  run_id uuid references run,
  commitment text not null,
  made_on date not null,
  review_on date not null,
  state text not null default 'open' check (state in ('open', 'kept', 'partly kept', 'not kept', 'withdrawn')),
  reviewed_on date,
  reviewed_by uuid references person,
  learnt text not null default '',
  check (review_on > made_on)
);
create index pledge_person on pledge (person_id, made_on desc);
create index pledge_review on pledge (review_on) where state = 'open';
create index pledge_run on pledge (run_id);

-- What the map shows: one row a constituency and quarter, counted by a job.
create table area_quarter (
  area_code text not null references area,
  quarter date not null,  -- its first day
  runs int not null,
  places int not null,
  trained int not null,
  counted_at timestamptz not null default now(),
  primary key (area_code, quarter)
);
create index area_quarter_quarter on area_quarter (quarter);
