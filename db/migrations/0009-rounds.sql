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
  check ((state in ('closed', 'drawn')) = (roll_digest is not null)),
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
  unique (round_id, person_id),
  unique (round_id, pseudonym)
);
create index application_person on application (person_id, submitted_at desc);
create index application_run on application (run_id) where run_id is not null;

-- Which reserves a member counted for when the roll was closed. Seen by them, and by the draw under a pseudonym; by no one else.
create table application_trait (
  application_id uuid primary key references application on delete cascade,
  person_id uuid not null references person,
  traits text[] not null
);
create index application_trait_person on application_trait (person_id);
alter table application_trait enable row level security;
create policy own_traits on application_trait for all using (person_id = acting_person());

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

-- Two members of a round exchange what they hold, where both say so.
create table swap (
  id uuid primary key default uuidv7(),
  round_id uuid not null references round,
  from_application uuid not null references application,
  to_application uuid not null references application,
  from_run uuid not null references run,
  to_run uuid not null references run,
  state text not null default 'offered' check (state in ('offered', 'accepted', 'declined', 'withdrawn', 'void')),
  offered_at timestamptz not null,
  answered_at timestamptz,
  check (from_application <> to_application)
);
create unique index swap_once on swap (from_application, to_application) where state = 'offered';
create index swap_to on swap (to_application) where state = 'offered';
create index swap_round on swap (round_id);

-- A place that a round gave, or for which its member waits. turn is in order of priority; whoever asks later comes behind.
alter table place add column application_id uuid references application;
create index place_application on place (application_id) where application_id is not null;
-- When its round was drawn: from then on, seats that are free and turns behind the others are for whoever asks.
alter table run add column drawn_at timestamptz;
