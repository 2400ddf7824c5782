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
  from_file text,       -- the digest of the file that came with Hearten; none where the operator's own set was read in
  loaded_at timestamptz not null default now(),
  unique (nation, version)
);
-- A version is never edited: whoever answered it answered these words.
revoke update, delete on equality_set from hearten_app;

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
  reminded_on date,                  -- when whoever keeps measures was last told that the review comes near
  check (approved_by <> proposed_by),
  check ((approved_by is null) = (approved_at is null)),
  check ((refused_by is null) = (refused_at is null)),
  check (approved_at is null or refused_at is null),
  check (ended_on is null or approved_at is not null),
  check (evidence_on <= (proposed_at at time zone 'UTC')::date + 1),
  check (review_on > evidence_on and review_on <= (proposed_at at time zone 'UTC')::date + 732),
  check (not 'prefer-not-to-say' = any(answers))
);
create index measure_open on measure (review_on) where ended_on is null;
-- What was approved is what stands: only the decision, the end and the reminder are written after it is proposed.
revoke update, delete on measure from hearten_app;
grant update (approved_by, approved_at, refused_by, refused_at, refused_why, ended_on, ended_why, reminded_on) on measure to hearten_app;

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

-- Every member with their region and how far they took part: 'none', 'place' (confirmed in any run), 'finished' (a run that
-- is over, and they came to it).
create function members_by_stage(on_day date) returns table (person_id uuid, region text, stage text)
  language sql stable as $$
  select person.id, coalesce(home.region, home.code),
    case when came.person_id is not null then 'finished' when held.person_id is not null then 'place' else 'none' end
  from person left join area home on home.code = person.area_code
    left join (select distinct place.person_id from place join run on run.id = place.run_id
      where place.state = 'confirmed' and run.state = 'published') held on held.person_id = person.id
    left join (select distinct a.person_id from attendance a join run_session s on s.id = a.session_id
        join run on run.id = s.run_id and run.state = 'published' and run.ends_on < on_day
        join place on place.run_id = run.id and place.person_id = a.person_id and place.state = 'confirmed'
      where a.mark in ('present', 'late')) came on came.person_id = person.id
  where person.standing = 'member'
$$;

-- Counts of answers, and of all members under the question '', for the disclosure engine alone: no row of a person ever
-- leaves. One statement, so that all figures are of one moment.
create function equality_counts(on_day date) returns table (question text, region text, stage text, answer text, people int)
  language sql stable security definer set search_path = public as $$
  with member as materialized (select * from members_by_stage(on_day))
  select '', region, stage, '', count(*)::int from member group by 2, 3
  union all
  select e.question, member.region, member.stage, said.answer, count(*)::int
    from equality_answer e join member using (person_id) cross join lateral unnest(e.answers) said (answer)
  group by 1, 2, 3, 4
$$;

-- How many members gave or changed their answer to each question since a moment: figures are made anew only after enough did.
create function equality_answered_since(since timestamptz) returns table (question text, people int)
  language sql stable security definer set search_path = public as $$
  select e.question, count(*)::int from equality_answer e where e.answered_at > since group by 1
$$;

-- Answers go with whoever left the roll. Runs as the owner, who alone sees all.
create function forget_equality_answers(closed_before date) returns int language sql security definer set search_path = public as $$
  with gone as (delete from equality_answer e using person p
    where p.id = e.person_id and p.standing = 'closed' and p.closed_on < closed_before returning 1)
  select count(*)::int from gone
$$;

-- Figures as they are published, rounded and with what must be hidden hidden: nothing else is kept of a count.
create table equality_figure (
  name text primary key,
  body jsonb not null,
  counted_at timestamptz not null
);

revoke all on function round_traits, freeze_round_traits, frozen_round_traits, line_of_run, equality_counts, equality_answered_since, forget_equality_answers from public;
grant execute on function round_traits, freeze_round_traits, frozen_round_traits, line_of_run, equality_counts, equality_answered_since, forget_equality_answers to hearten_app;
