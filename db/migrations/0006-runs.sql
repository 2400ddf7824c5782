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
  tell_at timestamptz,  -- when those whose places changed are next written to, where that is arranged
  how text not null default 'first come' check (how in ('first come', 'round')),
  state text not null default 'draft' check (state in ('draft', 'published', 'cancelled')),
  starts_on date not null,
  ends_on date not null,
  offer_days int not null default 3 check (offer_days between 1 and 28),
  sequence int not null default 0,  -- of its calendar entries; grows with every change
  changed_at timestamptz not null default now(), -- when what those entries say last changed
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
create index run_next on run (course_id, venue_id, starts_on, id) where state = 'published'; -- a course's next run at each venue
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

-- A session taken out of a run that was published: calendars have still to be told that it is off.
create table run_session_dropped (
  id uuid primary key,  -- the session's own, and so its calendar entry's
  run_id uuid not null references run on delete cascade,
  title text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  dropped_at timestamptz not null
);
create index run_session_dropped_run on run_session_dropped (run_id);

-- How far those affected by a change have been told of it, so that a batch tried again tells nobody twice.
create table run_telling (
  happening_id bigint primary key,
  run_id uuid not null references run on delete cascade,
  reached bigint not null default 0,  -- the turn of the last place whose holder was told
  told int not null default 0,
  finished_at timestamptz
);
create index run_telling_run on run_telling (run_id);

create table run_trainer (
  run_id uuid not null references run on delete cascade,
  person_id uuid not null references person,
  primary key (run_id, person_id)
);
create index run_trainer_person on run_trainer (person_id);

-- Someone's place in a run. Offered and confirmed ones are taken; whoever waits is served by turn.
create table place (
  id uuid primary key default uuidv7(),
  run_id uuid not null references run,
  course_id uuid not null references course,
  person_id uuid not null references person,
  state text not null check (state in ('offered', 'confirmed', 'waiting', 'withdrawn', 'declined', 'lapsed', 'cancelled')),
  extra boolean not null default false,     -- the course allows one person several places
  finished boolean not null default false,  -- its run has ended, so that the course may be taken again
  turned_up boolean not null default false, -- added on the day by the trainer
  turn bigint generated always as identity, -- the order on the waiting list
  asked_at timestamptz not null default now(),
  offered_at timestamptz,
  offer_until timestamptz,
  confirmed_at timestamptz,
  ended_at timestamptz,
  ended_by uuid references person,          -- who took them off, where they did not leave by themselves
  ended_why text not null default '',
  tell boolean not null default false,      -- whether the person is still to be written to about the state it is in
  check (state <> 'offered' or offer_until is not null)
);
create unique index place_once_a_run on place (run_id, person_id) where state in ('offered', 'confirmed', 'waiting');
-- An offer holds a seat but is not yet a place of this person: accepting it gives up the place they hold in the course.
create unique index place_once_a_course on place (course_id, person_id) where state = 'confirmed' and not extra and not finished;
create index place_person on place (person_id, asked_at desc);
create index place_waiting on place (run_id, turn) where state = 'waiting';
create index place_run on place (run_id, state);
create index place_offer_until on place (offer_until) where state = 'offered';
create index place_tell on place (run_id) where tell;

-- Asking for a place, first come, first served, in one round trip. The run's row is held from here to the end of the
-- transaction, so that whoever comes next sees what this one was given; the check on run.taken stands behind it.
-- Asking twice changes nothing and gives the same answer. The words for each answer are the server's.
create function ask_for_place(
  the_run uuid, the_person uuid, moment timestamptz, needs text, instead boolean, last_hours interval,
  tell_by timestamptz, out answer text, out place_id uuid, out is_new boolean, out ahead int, out left_run uuid, out seats_left int,
  out tell_soon boolean
) language plpgsql as $$
declare
  r record;
  begins timestamptz;
  free int;
  held record;
  several boolean;
begin
  is_new := false;
  tell_soon := false;
  ahead := 0;
  select run.course_id, course.several_places into r from run join course on course.id = run.course_id where run.id = the_run;
  if not found then answer := 'absent'; return; end if;
  several := r.several_places;

  -- one person asks for one thing of one course at a time, whichever of its runs they ask for
  perform pg_advisory_xact_lock(hashtextextended(r.course_id::text || the_person::text, 0));
  if instead then
    -- both runs are held in the order of their ids, so that two who change places cannot wait for each other
    perform from run where id = the_run or id in (
      select p.run_id from place p where p.course_id = r.course_id and p.person_id = the_person and p.state = 'confirmed'
    ) order by id for no key update;
  end if;
  select * into r from run where id = the_run for no key update;

  select p.id, p.state, p.turn into held from place p
    where p.run_id = the_run and p.person_id = the_person and p.state in ('offered', 'confirmed', 'waiting');
  if found then
    answer := held.state;
    place_id := held.id;
    if held.state = 'waiting' then
      select count(*) into ahead from place p where p.run_id = the_run and p.state = 'waiting' and p.turn < held.turn;
    end if;
    return;
  end if;

  answer := case r.state when 'draft' then 'absent' when 'cancelled' then 'cancelled' end;
  if answer is not null then return; end if;
  if r.how = 'round' then answer := 'by round'; return; end if;
  select coalesce(min(s.starts_at), r.starts_on::timestamptz) into begins from run_session s where s.run_id = the_run;
  if moment >= begins then answer := 'too late'; return; end if;
  if exists (select from run_trainer t where t.run_id = the_run and t.person_id = the_person) then answer := 'leads'; return; end if;

  -- seats that those who wait are about to be offered are not for whoever asks now; in the last hours the first to ask has them
  free := r.capacity - r.taken;
  if moment < begins - last_hours then free := free - r.waiting; end if;
  if free > 0 and not several then
    select p.id, p.run_id, other.ends_on into held from place p join run other on other.id = p.run_id
      where p.course_id = r.course_id and p.person_id = the_person and p.state = 'confirmed' and not p.extra and not p.finished;
    if found and held.ends_on < (moment at time zone 'Europe/London')::date then
      update place set finished = true where id = held.id;
    elsif found and not instead then
      answer := 'holds'; return;
    elsif found then
      left_run := held.run_id;
      update place set state = 'withdrawn', ended_at = moment, tell = true where id = held.id;
      update run set taken = taken - 1 where id = left_run;
    end if;
  end if;

  answer := case when free > 0 then 'confirmed' else 'waiting' end;
  is_new := true;
  ahead := case answer when 'waiting' then r.waiting else 0 end;
  insert into place (run_id, course_id, person_id, state, extra, asked_at, confirmed_at, tell)
    values (the_run, r.course_id, the_person, answer, several, moment, case answer when 'confirmed' then moment end, true)
    returning id into place_id;
  -- one job writes to all who ask within a few seconds: only the first of them enqueues it
  tell_soon := r.tell_at is null;
  update run set taken = taken + (answer = 'confirmed')::int, waiting = waiting + (answer = 'waiting')::int,
    tell_at = coalesce(tell_at, tell_by) where id = the_run;
  seats_left := r.capacity - r.taken - (answer = 'confirmed')::int;
  if needs <> '' then
    insert into access_need (place_id, person_id, academy_id, needs) values (ask_for_place.place_id, the_person, r.academy_id, ask_for_place.needs);
  end if;
end $$;

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

-- Where the person acting arranges: the academies at which they are coordinator, through the academy itself, an area above
-- it, or everywhere. Runs as the owner so that it can see rights; a set, so that it is asked once a query and not once a row.
create function arranged_academies() returns setof uuid language sql stable security definer set search_path = public as $$
  select a.id from held_right h join academy a on h.academy_id = a.id or (h.academy_id is null and (h.area_code is null
    or exists (select from area own join area held on own.path <@ held.path where own.code = a.area_code and held.code = h.area_code)))
  where h.person_id = acting_person() and h.role = 'coordinator'
    and h.starts_on <= current_date and (h.ends_on is null or h.ends_on >= current_date)
$$;
alter table access_need enable row level security;
create policy own_needs on access_need for all using (person_id = acting_person()) with check (person_id = acting_person());
create policy arranged_needs on access_need for select using (academy_id in (select arranged_academies()));
create policy arranging_needs on access_need for update using (academy_id in (select arranged_academies()));

-- What was needed is forgotten when it can no longer help: a month after the run. Runs as the owner, who alone sees all.
create function forget_access_needs(ended_before date) returns int language sql security definer set search_path = public as $$
  with gone as (delete from access_need n using place p join run r on r.id = p.run_id
    where p.id = n.place_id and r.ends_on < ended_before returning 1)
  select count(*)::int from gone
$$;
revoke all on function forget_access_needs from public;
grant execute on function forget_access_needs to hearten_app;

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

-- Every mark that was made, with who made it: two trainers at once lose nothing.

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
  asked_at timestamptz,  -- when it was written about on its review date
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
