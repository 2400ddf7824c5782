create table venue (
  id uuid primary key default uuidv7(),
  academy_id uuid not null references academy,
  name text not null,
  address text not null,
  postcode text,
  area_code text references area,
  lat double precision,
  lon double precision,
  step_free boolean not null default false,
  hearing_loop boolean not null default false,
  parking boolean not null default false,
  quiet_room boolean not null default false,
  children_space boolean not null default false,
  nearest_stop text not null default '',
  notes text not null default '',
  closed_on date
);
create index venue_academy on venue (academy_id);
create index venue_area on venue (area_code);

create table room (
  id uuid primary key default uuidv7(),
  venue_id uuid not null references venue on delete cascade,
  name text not null,
  capacity int not null check (capacity > 0),
  closed_on date
);
create index room_venue on room (venue_id);

-- Colleges, universities and union education departments that moderate and accredit.
create table partner (
  id uuid primary key default uuidv7(),
  slug text not null unique,
  name text not null,
  kind text not null check (kind in ('college', 'university', 'union education', 'adult education', 'other')),
  summary text not null default '',
  website text,
  area_code text references area
);
create table partner_academy (
  partner_id uuid not null references partner on delete cascade,
  academy_id uuid not null references academy on delete cascade,
  primary key (partner_id, academy_id)
);
create index partner_academy_academy on partner_academy (academy_id);
