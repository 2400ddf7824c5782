-- An application round: opens, closes, is drawn by a published rule, and makes offers. Between opens_at and closes_at a
-- published one takes applications; closed, its roll is fixed and it waits for its seed.
create table round (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'), -- the id that the lottery numbers are made with
  name text not null,
  summary text not null default '',
  academy_id uuid not null references academy,   -- whose coordinator opened it; its runs may be of other academies too
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  reveal_until timestamptz not null,             -- what officers have not revealed by then is recorded as missing
  bands text[] not null default '{}',            -- facts in order: the first that is true of a member is their band; none is the last
  offer_days int not null default 5 check (offer_days between 1 and 28),
  most_choices int not null default 8 check (most_choices between 1 and 20),
  seed_from text not null default 'nonces' check (seed_from in ('nonces', 'beacon')),
  state text not null default 'draft' check (state in ('draft', 'published', 'closed', 'drawn', 'cancelled')),
  beacon_round bigint,                           -- announced at closing: the first round of the beacon after it
  beacon_randomness text,
  beacon_signature text,
  roll_digest text,
  applications int,                              -- on the roll
  closed_at timestamptz,
  seed text,
  engine text,
  digest text,                                   -- of the result
  drawn_at timestamptz,                          -- every offer is made
  draw_step text,
  draw_done int not null default 0,
  draw_total int not null default 0,
  cancelled_at timestamptz,
  cancelled_why text,
  made_by uuid references person,
  made_at timestamptz not null default now(),
  published_at timestamptz,
  check (closes_at > opens_at),
  check (reveal_until >= closes_at),
  check (state = 'cancelled' or (state in ('closed', 'drawn')) = (roll_digest is not null)),
  check (state <> 'drawn' or (seed is not null and digest is not null and drawn_at is not null))
);
create index round_academy on round (academy_id);
create index round_closes on round (closes_at) where state = 'published';
create index round_closed on round (closed_at) where state = 'closed';

-- The runs of a round. Each is given in one round; what stood at closing is what is drawn.
create table round_run (
  run_id uuid primary key references run,
  round_id uuid not null references round on delete cascade,
  capacity int,             -- at closing
  last_open jsonb,          -- the last priority that got an open seat
  last_reserved jsonb,      -- by trait, the last priority its reserve let in
  offered_at timestamptz    -- when the draw's offers for it were made
);
create index round_run_round on round_run (round_id);

-- Whoever commits to a secret before closing, so that no one can know or choose the seed.
create table round_officer (
  round_id uuid not null references round on delete cascade,
  person_id uuid not null references person,
  digest text check (digest ~ '^[0-9a-f]{64}$'),
  committed_at timestamptz,
  nonce text,
  revealed_at timestamptz,
  primary key (round_id, person_id),
  check ((digest is null) = (committed_at is null)),
  check ((nonce is null) = (revealed_at is null)),
  check (nonce is null or digest is not null)
);
create unique index round_officer_digest on round_officer (round_id, digest);
create index round_officer_person on round_officer (person_id);

-- One member's ranked choice of runs in a round. To everyone else it is its pseudonym.
create table application (
  id uuid primary key default uuidv7(),
  round_id uuid not null references round,
  person_id uuid not null references person,
  pseudonym text not null,
  choices uuid[] not null check (cardinality(choices) between 1 and 20),
  counts_for_reserves boolean not null default false, -- asks that the equality answers they gave count where seats are reserved
  submitted_at timestamptz not null,
  changed_at timestamptz not null,
  withdrawn_at timestamptz,
  band int,              -- at closing
  run_id uuid references run, -- what the draw gave
  choice int,
  number text,           -- the lottery number
  told_at timestamptz,   -- when they were written to about what the draw gave
  tell boolean not null default false, -- whether a receipt for it as it now stands is still to be written
  unique (round_id, person_id),
  unique (round_id, pseudonym)
);
create index application_person on application (person_id, submitted_at desc);
create index application_run on application (run_id) where run_id is not null;
create index application_tell on application (changed_at) where tell;
create index application_untold on application (round_id) where told_at is null and number is not null;

-- Which reserves a member counted for when the roll was closed. Seen by them, and by the draw under a pseudonym; by no one else.
create table application_trait (
  application_id uuid primary key references application on delete cascade,
  person_id uuid not null references person,
  traits text[] not null
);
create index application_trait_person on application_trait (person_id);
alter table application_trait enable row level security;
create policy own_traits on application_trait for all using (person_id = acting_person());

-- The roll as it was closed, under pseudonyms, until the draw has put it into the audit file. What is erased or changed
-- between the two changes nothing of it.
create table round_roll (
  round_id uuid primary key references round,
  body bytea not null
);
revoke update on round_roll from hearten_app;

-- The published audit file of a round, as it was made, compressed: the bytes anyone can compute again.
create table round_audit (
  round_id uuid primary key references round,
  body bytea not null,
  bytes int not null,
  made_at timestamptz not null
);
revoke update, delete, truncate on round_audit from hearten_app;

-- The draw on the applications so far with throw-away seeds: what would probably come of it.
create table round_rehearsal (
  round_id uuid primary key references round on delete cascade,
  made_at timestamptz not null,
  applications int not null,
  seeds int not null,
  outcome jsonb not null
);

-- Two members of a round exchange what they hold: one says which run they would take instead, and is changed with the first
-- who says the reverse. Neither knows who the other is.
create table swap (
  id uuid primary key default uuidv7(),
  round_id uuid not null references round,
  from_application uuid not null references application,
  from_run uuid not null references run,
  to_run uuid not null references run,
  state text not null default 'offered' check (state in ('offered', 'done', 'withdrawn', 'void')),
  to_application uuid references application, -- with whom, once it is done
  offered_at timestamptz not null,
  ended_at timestamptz,
  check (from_run <> to_run),
  check (from_application <> to_application),
  check ((state = 'done') = (to_application is not null)),
  check ((state = 'offered') = (ended_at is null))
);
create unique index swap_once on swap (from_application, to_run) where state = 'offered';
create index swap_wanted on swap (to_run, from_run, offered_at) where state = 'offered';
create index swap_round on swap (round_id);

-- A place that a round gave, or for which its member waits. turn is in order of priority; whoever asks later comes behind.
alter table place add column application_id uuid references application;
create index place_application on place (application_id) where application_id is not null;
-- When its round was drawn: from then on, seats that are free and turns behind the others are for whoever asks.
alter table run add column drawn_at timestamptz;

-- As in 0006, but for a run whose places are given in a round: it can be asked for once the round is drawn.
create or replace function ask_for_place(
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
  if r.how = 'round' and r.drawn_at is null then answer := 'by round'; return; end if;
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
