-- The tree nation → region → constituency → ward. The path holds the codes from the top.
create table area (
  code text primary key check (code ~ '^[A-Za-z0-9_]{1,32}$'),
  name text not null,
  kind text not null check (kind in ('nation', 'region', 'constituency', 'ward')),
  parent text references area,
  path ltree not null unique,
  region text references area,   -- the region above (or the nation, where it has no regions)
  lat double precision check (lat between -90 and 90),
  lon double precision check (lon between -180 and 180),
  hex_q int,
  hex_r int,
  electors int check (electors >= 0)
);
create index area_path on area using gist (path);
create index area_parent on area (parent);
create index area_region on area (region);
create index area_name on area using gin (plain_words(name) gin_trgm_ops);

-- Every postcode, without its space, and the smallest area known for it.
create table postcode (
  postcode text primary key,
  area_code text not null
);
