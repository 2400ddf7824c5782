-- A catalogue entry. What people read is its published version.
create table course (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  published_version uuid,
  several_places boolean not null default false, -- may one person hold two places in it at a time
  retired_on date
);

create table course_version (
  id uuid primary key default uuidv7(),
  course_id uuid not null references course on delete cascade,
  number int not null,
  title text not null,
  strand text not null check (strand in ('organising', 'media', 'digital', 'policy', 'training')),
  level text not null check (level in ('starter', 'growing', 'specialist', 'trainer')),
  hours numeric(5, 2) not null check (hours > 0),
  mode text not null check (mode in ('place', 'online', 'either')),
  summary text not null,
  who text not null,
  outcomes text[] not null,
  description text not null,
  sessions jsonb not null,   -- [{ title, minutes, outline }]
  practice text not null,
  accreditation text,
  prerequisites text[] not null default '{}',  -- slugs of the courses to take first
  leads_to text[] not null default '{}',       -- slugs of the courses that it leads to
  from_file text,    -- the digest of the catalogue's file it was read from; none where a person wrote it
  made_by uuid references person,
  made_at timestamptz not null default now(),
  published_at timestamptz,
  search tsvector generated always as (
    setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', summary), 'B')
    || setweight(to_tsvector('english', who), 'C') || setweight(to_tsvector('english', description), 'D')
    || setweight(jsonb_to_tsvector('english', sessions, '["string"]'), 'D')) stored,
  unique (course_id, number)
);
alter table course add foreign key (published_version) references course_version deferrable initially deferred;
create index course_published_version on course (published_version);

-- The prerequisites of each course's published version.
create table course_prerequisite (
  course_id uuid not null references course on delete cascade,
  needs uuid not null references course on delete cascade,
  primary key (course_id, needs),
  check (course_id <> needs)
);
create index course_prerequisite_needs on course_prerequisite (needs);

-- Every word of a version that was ever published: what someone most likely meant where a search is mistyped.
create table course_word (
  word text primary key
);
create index course_word_like on course_word using gin (word gin_trgm_ops);
