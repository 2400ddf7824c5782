-- Equality questions, what members answer, and the measures that reserve seats on their strength.
alter table held_right drop constraint held_right_role_check;
alter table held_right add constraint held_right_role_check check (role in
  ('trainer', 'coordinator', 'organiser', 'partner', 'administrator', 'data protection officer', 'equality lead'));

-- The questions asked in a nation, as data; a change of wording is a new version. questions: [{key, ask, hint, answers: [{key, says}], …}]
create table equality_set (
  id uuid primary key default uuidv7(),
  nation text not null references area,
  version int not null check (version > 0),
  source text not null,
  questions jsonb not null,
  starts_on date not null,
  loaded_at timestamptz not null default now(),
  unique (nation, version)
);

-- What a member chose to answer. Kept apart: seen by them alone, and counted only through disclosure control.
create table equality_answer (
  person_id uuid not null references person on delete cascade,
  question text not null,
  answers text[] not null check (cardinality(answers) > 0),
  set_id uuid not null references equality_set,
  answered_at timestamptz not null,
  primary key (person_id, question)
);
alter table equality_answer enable row level security;
create policy own_answers on equality_answer for all using (person_id = acting_person()) with check (person_id = acting_person());

-- A lawful measure (Equality Act 2010, sections 158 and 104): why seats are reserved for a group, on what evidence, until when.
create table measure (
  id uuid primary key default uuidv7(),
  trait text not null unique check (trait ~ '^[a-z0-9]+(-[a-z0-9]+)*$'), -- its name in a round's files
  name text not null,
  who text not null,                 -- the group, in words
  question text not null,            -- whoever gave one of these answers to this question counts
  answers text[] not null check (cardinality(answers) > 0),
  evidence text not null,            -- the figure
  evidence_source text not null,
  evidence_on date not null,
  aim text not null,
  proportionate text not null,
  review_on date not null,
  area_code text references area,    -- where it stands; none is everywhere
  proposed_by uuid not null references person,
  proposed_at timestamptz not null,
  approved_by uuid references person,
  approved_at timestamptz,
  refused_by uuid references person,
  refused_at timestamptz,
  refused_why text,
  ended_on date,
  ended_why text,
  check (approved_by <> proposed_by),
  check ((approved_by is null) = (approved_at is null)),
  check (approved_at is null or refused_at is null),
  check (evidence_on < review_on)
);

-- Whether a measure reserves anything on a day: approved, not ended, and not past its review.
create function in_force(m measure, on_day date) returns boolean language sql stable parallel safe
  as $$ select m.approved_at is not null and m.review_on >= on_day and (m.ended_on is null or m.ended_on > on_day) $$;

-- Seats of a run in a round held first for those whom a measure names. stands: whether the measure was in force at closing.
create table round_reserve (
  round_id uuid not null references round on delete cascade,
  run_id uuid not null references round_run on delete cascade,
  measure_id uuid not null references measure,
  seats int not null check (seats > 0),
  stands boolean,
  primary key (run_id, measure_id)
);
create index round_reserve_round on round_reserve (round_id);
create index round_reserve_measure on round_reserve (measure_id);

-- For the draw and its rehearsals only: which of a round's measures each application counts for, under its pseudonym.
-- Runs as the owner; never shown to anyone who decides about a person.
create function round_traits(the_round uuid) returns table (pseudonym text, traits text[])
  language sql stable security definer set search_path = public as $$
  select a.pseudonym, array_agg(distinct m.trait order by m.trait)
  from application a
    join (select distinct measure_id from round_reserve where round_id = the_round and stands is not false) r on true
    join measure m on m.id = r.measure_id
    join equality_answer e on e.person_id = a.person_id and e.question = m.question and e.answers && m.answers
  where a.round_id = the_round and a.counts_for_reserves and a.withdrawn_at is null
  group by a.pseudonym
$$;

-- At closing: what each application counts for is written down, so that the roll never changes after.
create function freeze_round_traits(the_round uuid) returns int
  language sql security definer set search_path = public as $$
  with frozen as (
    insert into application_trait (application_id, person_id, traits)
    select a.id, a.person_id, t.traits from round_traits(the_round) t join application a on a.round_id = the_round and a.pseudonym = t.pseudonym
    on conflict (application_id) do nothing returning 1)
  select count(*)::int from frozen
$$;

-- The roll's traits as they were frozen.
create function frozen_round_traits(the_round uuid) returns table (pseudonym text, traits text[])
  language sql stable security definer set search_path = public as $$
  select a.pseudonym, t.traits from application_trait t join application a on a.id = t.application_id where a.round_id = the_round
$$;

-- Who holds a seat of a run and who waits for one, with what they count for: for filling free seats by the draw's own rule.
create function line_of_run(the_run uuid) returns table (place_id uuid, holds boolean, turn bigint, traits text[])
  language sql stable security definer set search_path = public as $$
  select p.id, p.state <> 'waiting', p.turn, coalesce(t.traits, '{}') from place p
    left join application_trait t on t.application_id = p.application_id
  where p.run_id = the_run and p.state in ('offered', 'confirmed', 'waiting') order by p.turn
$$;

-- Counts of answers by region, for the disclosure engine alone; no row of a person ever leaves.
create function equality_counts(the_question text) returns table (region text, answer text, people bigint)
  language sql stable security definer set search_path = public as $$
  select region.code, said.answer, count(*) from equality_answer e
    join person on person.id = e.person_id and person.standing = 'member'
    join area home on home.code = person.area_code
    join area region on region.kind = 'region' and home.path <@ region.path
    cross join lateral unnest(e.answers) said (answer)
  where e.question = the_question group by 1, 2
$$;

revoke all on function round_traits, freeze_round_traits, frozen_round_traits, line_of_run, equality_counts from public;
grant execute on function round_traits, freeze_round_traits, frozen_round_traits, line_of_run, equality_counts to hearten_app;
