-- Help to take part: bursaries, childcare, travel, interpreters, quiet rooms; and courses that members wish for.

-- An academy's money for help with runs that begin within a period, for learners alone. awarded never passes amount,
-- whatever happens at once. Two pots of one academy never share a day: whoever makes or moves one holds the academy's row.
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

-- One thing one member asks for, so that they can take part: with an application, or with a place they have or wait for.
-- It waits until they have a confirmed place; then it is settled by the rule, or by what two people say alike.
create table help_request (
  id uuid primary key default uuidv7(),
  person_id uuid not null references person,
  application_id uuid references application,
  place_id uuid references place,
  run_id uuid references run,        -- the run it is for, once they have a confirmed place on it; none while it waits
  academy_id uuid not null references academy,
  pot_id uuid references help_pot,
  kind text not null check (kind in ('bursary', 'childcare', 'travel', 'interpreter', 'quiet room')),
  says text not null default '',     -- what they need, in their own words
  asked_pence bigint not null default 0 check (asked_pence >= 0),
  awarded_pence bigint not null default 0 check (awarded_pence between 0 and asked_pence),
  state text not null default 'asked' check (state in ('asked', 'half decided', 'awarded', 'refused', 'withdrawn', 'ended', 'paid', 'receipted')),
  asked_at timestamptz not null,
  first_by uuid references person,   -- whose word it is that a second person has still to say alike
  first_at timestamptz,
  first_pence bigint check (first_pence between 0 and asked_pence), -- what they would give; none: they would say no
  first_why text not null default '',
  decided_by uuid references person, -- the second person; none where the published rule decided
  decided_at timestamptz,
  decided_why text not null default '',
  ended_at timestamptz,              -- when they withdrew it, or had no place any more
  paid_by uuid references person,
  paid_at timestamptz,
  paid_reference text,
  receipt_note text,
  receipted_at timestamptz,
  check (num_nonnulls(application_id, place_id) >= 1),
  check ((first_by is null) = (first_at is null)),
  check (state <> 'half decided' or first_by is not null),
  check (first_by is null or decided_by is null or first_by <> decided_by),
  check (decided_by is null or first_by is not null),
  check (first_by is distinct from person_id and decided_by is distinct from person_id and paid_by is distinct from person_id),
  check (state not in ('half decided', 'awarded', 'refused', 'paid', 'receipted') or run_id is not null),
  check ((state in ('awarded', 'paid', 'receipted')) or awarded_pence = 0),
  check (awarded_pence = 0 or pot_id is not null),
  check ((state in ('paid', 'receipted')) = (paid_by is not null))
);
create index help_request_person on help_request (person_id, asked_at desc);
create index help_request_application on help_request (application_id) where application_id is not null;
create index help_request_place on help_request (place_id) where place_id is not null;
create index help_request_run on help_request (run_id) where run_id is not null;
create index help_request_open on help_request (academy_id, asked_at) where state in ('asked', 'half decided', 'awarded', 'paid');
create index help_request_asked on help_request (asked_at);
-- One thing is asked for once, unless it was taken back, ended or refused.
create unique index help_request_once on help_request (application_id, kind)
  where application_id is not null and state not in ('withdrawn', 'refused', 'ended');
create unique index help_request_once_a_place on help_request (place_id, kind)
  where application_id is null and state not in ('withdrawn', 'refused', 'ended');
-- Seen by the member; and, once they have a place, by those who arrange at the academy and do not lead the run. Trainers never see it.
alter table help_request enable row level security;
create policy own_help on help_request for all using (person_id = acting_person()) with check (person_id = acting_person());
create policy arranged_help on help_request for select using (run_id is not null and academy_id in (select arranged_academies())
  and not exists (select from run_trainer t where t.run_id = help_request.run_id and t.person_id = acting_person()));
create policy arranging_help on help_request for update using (run_id is not null and academy_id in (select arranged_academies())
  and not exists (select from run_trainer t where t.run_id = help_request.run_id and t.person_id = acting_person()));

-- Which requests may have to be settled anew, and whose they are, so that the server can do it in their name: those of a
-- place, those of a run, or, where neither is given, any that does not agree with the places there are.
create function help_to_settle(the_place uuid, the_run uuid, most int) returns table (request uuid, person uuid)
  language sql stable security definer set search_path = public as $$
  select r.id, r.person_id from help_request r where the_place is not null and r.state in ('asked', 'half decided', 'awarded')
    and (r.place_id = the_place or r.application_id = (select application_id from place where id = the_place))
  union all
  select r.id, r.person_id from help_request r where the_run is not null and r.state in ('asked', 'half decided', 'awarded')
    and (r.run_id = the_run or r.place_id in (select id from place where run_id = the_run))
  union all
  (select r.id, r.person_id from help_request r
    left join application a on a.id = r.application_id left join round on round.id = a.round_id
    left join lateral (
      select bool_or(p.state = 'confirmed') as has, bool_or(p.state = 'confirmed' and p.run_id = r.run_id) as here, true as any from place p
      where p.person_id = r.person_id and p.state in ('offered', 'confirmed', 'waiting')
        and case when r.application_id is null then p.id = r.place_id else p.application_id = r.application_id end
      having count(*) > 0) held on true
    where the_place is null and the_run is null and r.state in ('asked', 'half decided', 'awarded')
      and case when r.run_id is not null then held.here is not true
        else held.has or (held.any is null and (a.id is null or a.withdrawn_at is not null or round.state in ('drawn', 'cancelled'))) end
    order by r.asked_at limit most)
$$;

-- Counts for the report, for the disclosure engine alone: what was asked for between two days, at one academy or at all.
create function help_counts(from_day date, before_day date, the_academy uuid)
  returns table (kind text, given bigint, refused bigint, waits bigint, pence bigint)
  language sql stable security definer set search_path = public as $$
  select r.kind, count(*) filter (where r.state in ('awarded', 'paid', 'receipted')), count(*) filter (where r.state = 'refused'),
    count(*) filter (where r.state in ('asked', 'half decided')), coalesce(sum(r.awarded_pence), 0)::bigint
  from help_request r
  where r.asked_at >= from_day::timestamptz and r.asked_at < before_day::timestamptz and r.state not in ('withdrawn', 'ended')
    and (the_academy is null or r.academy_id = the_academy)
  group by 1
  union all
  select 'access', count(*) filter (where n.arranged_at is not null), 0, count(*) filter (where n.arranged_at is null), 0
  from access_need n join place p on p.id = n.place_id
  where p.asked_at >= from_day::timestamptz and p.asked_at < before_day::timestamptz and (the_academy is null or n.academy_id = the_academy)
$$;
revoke all on function help_to_settle, help_counts from public;
grant execute on function help_to_settle, help_counts to hearten_app;

-- “Tell me when this runs near me.”
create table wish (
  id uuid primary key default uuidv7(),
  person_id uuid not null references person,
  course_id uuid not null references course,
  area_code text references area,
  asked_at timestamptz not null,
  told_at timestamptz,       -- when last told of a run
  told_of uuid[] not null default '{}', -- the runs they were told of, so that nobody is told of one twice
  ended_at timestamptz
);
create unique index wish_once on wish (person_id, course_id) where ended_at is null;
create index wish_course on wish (course_id) where ended_at is null;
create index wish_area on wish (area_code) where ended_at is null;
create index wish_person on wish (person_id);
